// What every test begins with: a machine that is busy with other things gets its time. What comes, comes as soon as before.
import { configure as configurePreact } from '@testing-library/preact';
import { configure as configureReact } from '@testing-library/react';

for (const configure of [configurePreact, configureReact]) configure({ asyncUtilTimeout: 30_000 });

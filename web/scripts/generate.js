// Writes src/gql/graphql.ts: the types of the pages' operations, from the schema that the server serves. The pages hold no documents,
// but their SHA-256; documents.json has them for the server, which carries out no others for strangers and tenants.
// With --check it writes nothing and fails where a file is not what it would write.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { codegen } from '@graphql-codegen/core';
import { preset } from '@graphql-codegen/client-preset';
import { buildASTSchema, parse, Source } from 'graphql';
import { format, resolveConfig } from 'prettier';

const schemaFile = '../schema.graphql';
const operationsFiles = readdirSync('src', { recursive: true })
  .filter((file) => file.endsWith('operations.graphql'))
  .map((file) => `src/${file}`)
  .sort();

const schema = parse(readFileSync(schemaFile, 'utf8'));
const operations = operationsFiles.map((file) => new Source(readFileSync(file, 'utf8'), file));
const sections = await preset.buildGeneratesSection({
  baseOutputDir: 'src/gql/',
  schema,
  schemaAst: buildASTSchema(schema),
  documents: operations.map((each) => ({ location: each.name, document: parse(each), rawSDL: each.body })),
  config: {
    documentMode: 'string',
    enumsAsTypes: true,
    scalars: { Time: 'string', Date: 'string', Decimal: 'string', CurrencyCode: 'string' },
    strictScalars: true,
    useTypeImports: true,
  },
  presetConfig: {
    fragmentMasking: false,
    persistedDocuments: { hashAlgorithm: 'sha256', mode: 'replaceDocumentWithHash' },
  },
  plugins: [],
  pluginMap: {},
});

const written = async (output, ending) => {
  const section = sections.find((each) => each.filename.endsWith(ending));
  return format(await codegen(section), { ...(await resolveConfig(output)), filepath: output });
};

for (const [output, ending] of [
  ['src/gql/graphql.ts', '/graphql.ts'],
  ['documents.json', '/persisted-documents.json'],
]) {
  const generated = await written(output, ending);
  if (!process.argv.includes('--check')) {
    writeFileSync(output, generated);
  } else if (readFileSync(output, 'utf8') !== generated) {
    console.error(`${output} does not fit ${schemaFile}: run npm run generate and commit the result`);
    process.exitCode = 1;
  }
}

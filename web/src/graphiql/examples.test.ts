import { readFileSync } from 'node:fs';

import { buildSchema, getVariableValues, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

import { examples } from './examples';

const schema = buildSchema(readFileSync('../schema.graphql', 'utf8'));

describe('examples', () => {
  it.each(examples)('$query', ({ query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);

    const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
    expect(operation.name).toBeDefined(); // the tab's title
    const given = JSON.parse(variables ?? '{}') as Record<string, unknown>;
    const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], given);
    expect(errors).toBeUndefined();
  });
});

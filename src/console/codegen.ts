/** Types the console's GraphQL documents from the printed schema, so that a field that is gone is a type error. */
import type { CodegenConfig } from '@graphql-codegen/cli';

export default {
  schema: 'schema/schema.graphql',
  documents: ['src/console/**/*.{ts,tsx}', '!src/console/gql/**'],
  generates: {
    './src/console/gql/': {
      preset: 'client',
      presetConfig: { fragmentMasking: false },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        importExtension: '.ts',
        scalars: {
          AuditDetails: 'unknown',
          DateTime: 'string',
          DocumentValue: 'unknown',
          CatalogueDocument: 'unknown',
          ImportCatalogueInput: 'unknown',
          ImportRunnerInput: 'unknown',
          RunnerDocument: 'unknown',
        },
        strictScalars: true,
        defaultScalarType: 'unknown',
      },
    },
  },
} satisfies CodegenConfig;

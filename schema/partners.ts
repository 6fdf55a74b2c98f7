/** Partners: the operator's desk. */
import { createPartner, listPartners } from '../src/domain/partners.ts';
import { builder } from './builder.ts';
import { needs } from './permission.ts';

const PartnerType = builder.prismaObject('Partner', {
  description: 'A company that reads the catalogue with API keys.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifies the partner.' }),
    name: t.exposeString('name', { description: 'Unique name.' }),
    contactEmail: t.exposeString('contactEmail', { nullable: true, description: 'Whom to write to.' }),
    notes: t.exposeString('notes', { nullable: true, description: 'What operators should know.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was created.' }),
    apiKeys: t.relation('apiKeys', { query: { orderBy: { id: 'asc' } }, description: 'Its keys, oldest first, revoked ones too.' }),
  }),
});

builder.queryField('partners', (t) =>
  t.prismaConnection({
    type: 'Partner',
    cursor: 'id',
    description: 'The partners, oldest first. Operators only.',
    extensions: needs('partners.manage'),
    resolve: (query, _root, _args, ctx) => listPartners(ctx, query),
  }),
);

const CreatePartnerInput = builder.inputType('CreatePartnerInput', {
  description: 'A new partner.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique, at most 120 characters.' }),
    contactEmail: t.string({ description: 'Whom to write to.' }),
    notes: t.string({ description: 'What operators should know.' }),
  }),
});

builder.mutationField('createPartner', (t) =>
  t.field({
    type: PartnerType,
    description: 'Creates a partner; CONFLICT when the name is taken. Operators only.',
    extensions: needs('partners.manage'),
    args: { input: t.arg({ type: CreatePartnerInput, required: true, description: 'The partner.' }) },
    resolve: (_root, { input }, ctx) => createPartner(ctx, input),
  }),
);

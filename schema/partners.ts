/** Partners: the operator's desk. */
import { archivePartner, createPartner, findPartner, listPartners, unarchivePartner, updatePartner } from '../src/domain/partners.ts';
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
    archivedAt: t.expose('archivedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is archived and none of its keys is let in; null: it is not.',
    }),
    apiKeys: t.relation('apiKeys', { query: { orderBy: { id: 'asc' } }, description: 'Its keys, oldest first, revoked ones too.' }),
  }),
});

builder.queryFields((t) => ({
  partners: t.prismaConnection({
    type: 'Partner',
    cursor: 'id',
    description: 'The partners, oldest first. Operators only.',
    args: {
      archived: t.arg.boolean({ description: 'true: only archived ones. false: only the others. Both when left out.' }),
      search: t.arg.string({
        description: 'Occurs in the name, the address or the notes; letter case does not matter. At most 200 characters.',
      }),
    },
    extensions: needs('partners.manage'),
    resolve: (query, _root, { archived, search }, ctx) => listPartners(ctx, { archived, search }, query),
  }),
  partner: t.prismaField({
    type: 'Partner',
    nullable: true,
    description: 'The partner with this id; null when there is none. Operators only.',
    args: { id: t.arg.id({ required: true, description: 'Id of the partner.' }) },
    extensions: needs('partners.manage'),
    resolve: (query, _root, { id }, ctx) => findPartner(ctx, id, query),
  }),
}));

const CreatePartnerInput = builder.inputType('CreatePartnerInput', {
  description: 'A new partner.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'Unique, at most 120 characters.' }),
    contactEmail: t.string({ description: 'Whom to write to.' }),
    notes: t.string({ description: 'What operators should know, at most 10 000 characters.' }),
  }),
});

const UpdatePartnerInput = builder.inputType('UpdatePartnerInput', {
  description: 'What is to change of a partner. What is left out stays; null clears.',
  fields: (t) => ({
    name: t.string({ description: 'Unique, at most 120 characters; it cannot be cleared.' }),
    contactEmail: t.string({ description: 'Whom to write to.' }),
    notes: t.string({ description: 'What operators should know, at most 10 000 characters.' }),
  }),
});

const idDescription = 'Id of the partner.';

builder.mutationFields((t) => ({
  createPartner: t.field({
    type: PartnerType,
    description: 'Creates a partner; CONFLICT when the name is taken. Operators only.',
    args: { input: t.arg({ type: CreatePartnerInput, required: true, description: 'The partner.' }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { input }, ctx) => createPartner(ctx, input),
  }),
  updatePartner: t.field({
    type: PartnerType,
    description: 'Changes a partner; CONFLICT when the name is taken. Operators only.',
    args: {
      id: t.arg.id({ required: true, description: idDescription }),
      input: t.arg({ type: UpdatePartnerInput, required: true, description: 'The changes.' }),
    },
    extensions: needs('partners.manage'),
    resolve: (_root, { id, input }, ctx) => updatePartner(ctx, id, input),
  }),
  archivePartner: t.field({
    type: PartnerType,
    description:
      'Refuses every key of the partner from the next request on, on every node, and mints no more, until it is unarchived. Archiving twice keeps the first archivedAt. Operators only.',
    args: { id: t.arg.id({ required: true, description: idDescription }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { id }, ctx) => archivePartner(ctx, id),
  }),
  unarchivePartner: t.field({
    type: PartnerType,
    description: "Lets an archived partner's keys in again, each as far as it is still good by itself. Operators only.",
    args: { id: t.arg.id({ required: true, description: idDescription }) },
    extensions: needs('partners.manage'),
    resolve: (_root, { id }, ctx) => unarchivePartner(ctx, id),
  }),
}));

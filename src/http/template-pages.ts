/**
 * Pages of templates as text, put together from documents that were written before. A document is a function of its own row,
 * so its id, version and stamp name its text for ever, whichever page it stands on.
 */
import { type DocumentNode, type GraphQLField, getNamedType, isObjectType, Kind, visit } from 'graphql';
import { restViewOf } from '../../schema/rest-view.ts';
import { templateState } from '../../schema/template-page.ts';
import { withoutNulls } from '../domain/json.ts';
import type { AtHand } from '../platform/at-hand.ts';

export type JsonObject = Record<string, unknown>;

/** A page, and its text. */
interface WrittenPage {
  /** Without the templates themselves. */
  value: JsonObject;
  json: string;
}

type Field = GraphQLField<unknown, unknown>;
type Stated = Parameters<typeof templateState>[0];
type AskForPage = (document: DocumentNode) => Promise<JsonObject | null>;

const templatesField = 'data';
/** What the whole schema tells of their states; the public one does not know it. */
const statesField = 'states';

/** Whether the field gives a page of templates. */
export function isTemplatePage(field: Field): boolean {
  const type = getNamedType(field.type);
  return restViewOf(field.extensions)?.catalogue !== undefined && isObjectType(type) && templatesField in type.getFields();
}

/**
 * Asks for the state of the page's templates alone, and for everything only when the text of one of them is not at hand.
 *
 * @param whole the document that asks for everything.
 * @throws what `ask` throws.
 */
export async function readTemplatePage(field: Field, whole: DocumentNode, atHand: AtHand, ask: AskForPage): Promise<WrittenPage | null> {
  const type = getNamedType(field.type).name;
  const keyOf = (state: string) => `document ${type} ${state}`;

  const page = await ask(statesOnly(whole));
  if (!page) return null;
  const { [statesField]: states, ...rest } = page as JsonObject & { states: string[] };
  const known = states.map((state) => atHand.get<{ text: string }>(keyOf(state))?.text);
  if (known.every((text) => text !== undefined)) return write(rest, known);

  const full = await ask(whole);
  if (!full) return null;
  const { [templatesField]: templates, ...others } = full as JsonObject & { data: Stated[] };
  const written = templates.map((template) => {
    const text = JSON.stringify(withoutNulls(template));
    atHand.keep(keyOf(templateState(template)), { text }, 2 * text.length);
    return text;
  });
  return write(others, written);
}

function write(page: JsonObject, templates: readonly string[]): WrittenPage {
  const value = withoutNulls({ [templatesField]: [], ...page });
  const members = Object.entries(value).map(([name, member]) => {
    const text = name === templatesField ? `[${templates.join(',')}]` : JSON.stringify(member);
    return `${JSON.stringify(name)}:${text}`;
  });
  return { value, json: `{${members.join(',')}}` };
}

/** Sofa makes one document for each route and keeps it. */
const shortened = new WeakMap<DocumentNode, DocumentNode>();

function statesOnly(whole: DocumentNode): DocumentNode {
  const known = shortened.get(whole);
  if (known) return known;
  const short = visit(whole, {
    Field(node) {
      return node.name.value === templatesField ? { kind: Kind.FIELD, name: { kind: Kind.NAME, value: statesField } } : undefined;
    },
  });
  shortened.set(whole, short);
  return short;
}

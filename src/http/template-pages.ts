/**
 * Pages of templates as text, put together from documents that were written before. A document is a function of its own row,
 * so its id, version and stamp name its text for ever, whichever page it stands on.
 */
import { type DocumentNode, type GraphQLField, getNamedType, isObjectType, Kind, visit } from 'graphql';
import { restViewOf } from '../../schema/rest-view.ts';
import { stateFields } from '../../schema/template-page.ts';
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
type AskForPage = (document: DocumentNode) => Promise<JsonObject | null>;

const templatesField = 'data';

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
  const keyOf = ({ id, version, updatedAt }: JsonObject) => `document ${type} ${id} ${version} ${updatedAt}`;

  const states = await ask(statesOnly(whole));
  if (!states) return null;
  const known = templatesOf(states).map((state) => atHand.get<{ text: string }>(keyOf(state))?.text);
  if (known.every((text) => text !== undefined)) return write(states, known);

  const page = await ask(whole);
  if (!page) return null;
  const written = templatesOf(page).map((template) => {
    const text = JSON.stringify(withoutNulls(template));
    atHand.keep(keyOf(template), { text }, 2 * text.length);
    return text;
  });
  return write(page, written);
}

const templatesOf = (page: JsonObject) => page[templatesField] as JsonObject[];

function write(page: JsonObject, templates: readonly string[]): WrittenPage {
  const value = withoutNulls({ ...page, [templatesField]: [] });
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
      if (node.name.value !== templatesField || !node.selectionSet) return undefined;
      const selections = node.selectionSet.selections.filter(
        (asked) => asked.kind === Kind.FIELD && stateFields.includes(asked.name.value),
      );
      return { ...node, selectionSet: { ...node.selectionSet, selections } };
    },
  });
  shortened.set(whole, short);
  return short;
}

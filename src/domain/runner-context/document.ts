/** The runner's context as one markdown document, within the scopes and the length that it may have. */
import { type Budget, fitting, shortNoteLength } from './budget.ts';
import type { DocumentOptions } from './document-options.ts';
import type { RunnerContextFacts } from './facts.ts';
import { renderBrief } from './render-brief.ts';
import { renderDataNotes } from './render-data-notes.ts';
import { renderBaselines, renderHealth, renderRareReadings } from './render-health.ts';
import { renderLabs } from './render-labs.ts';
import { renderLinks } from './render-links.ts';
import { renderOpening } from './render-opening.ts';
import { renderProfile } from './render-profile.ts';
import { renderSummary } from './render-summary.ts';
import { renderRaces, renderTraining } from './render-training.ts';
import { type SharedContext, shareContext } from './shared-context.ts';
import { countCharacters, withStatedSize } from './stated-size.ts';

/**
 * The whole document, ending with a line break. Nothing of a section whose scope is off is in it, and of two documents
 * of the same facts and the same local day only the stated generation time differs. The length it states is its own.
 */
export const renderDocument = (facts: RunnerContextFacts, options: DocumentOptions = {}): string =>
  renderShared(shareContext(facts, options), facts);

/** The same of facts that have been sorted and computed before. */
export function renderShared(shared: SharedContext, facts: RunnerContextFacts): string {
  const unbudgeted = renderUnbudgeted(shared);
  const { summary, profile, usual, labs, races } = unbudgeted;
  const lengthMin = countCharacters([summary, profile, usual, labs, races(shortNoteLength)].flat().join(''));
  return fitting(shared, lengthMin, (budget) => withStatedSize(`${renderBlocks(shared, facts, budget, unbudgeted).join('\n\n')}\n`));
}

/** What no budget changes, or only by the length of notes: written once however many budgets are tried, and not for who asks for few words. */
function renderUnbudgeted(shared: SharedContext) {
  const { runner, today } = shared;
  const { profile, training, health, labs } = shared.options.detail === 'brief' ? inFewWords : shared;
  const racesByLength = new Map<number, string[]>();
  return {
    summary: renderSummary(shared),
    profile: profile ? renderProfile(profile, shared) : [],
    usual: health ? [...renderBaselines(health, runner.units), ...renderRareReadings(health, runner.units, today)] : [],
    labs: labs ? renderLabs(labs) : [],
    races(noteLengthMax: number): string[] {
      const races = racesByLength.get(noteLengthMax) ?? renderRaces(training?.raceResults ?? [], runner.units, noteLengthMax);
      racesByLength.set(noteLengthMax, races);
      return races;
    },
  };
}

/** The brief form has blocks of its own. */
const inFewWords = { profile: null, training: null, health: null, labs: null };

function renderBlocks(
  shared: SharedContext,
  facts: RunnerContextFacts,
  budget: Budget,
  unbudgeted: ReturnType<typeof renderUnbudgeted>,
): string[] {
  const { training, health } = shared;
  return [
    ...renderOpening(shared, facts.now, budget),
    ...renderLinks(shared, facts.contextUrl, budget),
    ...unbudgeted.summary,
    ...renderDataNotes(shared, budget, facts.contextUrl),
    ...(budget.isBrief
      ? renderBrief(shared, budget, facts)
      : [
          ...unbudgeted.profile,
          ...(training ? renderTraining(training, shared, budget, unbudgeted.races(budget.noteLengthMax)) : []),
          ...(health ? renderHealth(health, shared, budget, facts, unbudgeted.usual) : []),
          ...unbudgeted.labs,
        ]),
  ];
}

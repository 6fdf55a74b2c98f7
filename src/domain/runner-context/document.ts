/** The runner's context as one markdown document, within the scopes and the length that it may have. */
import { type Budget, fitting } from './budget.ts';
import type { RunnerContextFacts } from './facts.ts';
import { renderDataNotes } from './render-data-notes.ts';
import { renderHealth } from './render-health.ts';
import { renderLabs } from './render-labs.ts';
import { renderOpening } from './render-opening.ts';
import { renderProfile } from './render-profile.ts';
import { renderSummary } from './render-summary.ts';
import { renderTraining } from './render-training.ts';
import { shareContext } from './shared-context.ts';

/**
 * The whole document, ending with a line break. Nothing of a section whose scope is off is in it, and of two documents
 * of the same facts and the same local day only the stated generation time differs.
 */
export function renderDocument(facts: RunnerContextFacts): string {
  const shared = shareContext(facts);
  const { profile, training, health, labs } = shared;
  const render = (budget: Budget) =>
    [
      ...renderOpening(shared, facts.now),
      ...renderSummary(shared),
      ...renderDataNotes(shared, budget, facts.contextUrl),
      ...(profile ? renderProfile(profile, shared) : []),
      ...(training ? renderTraining(training, shared, budget) : []),
      ...(health ? renderHealth(health, shared, budget, facts.historyUrl) : []),
      ...(labs ? renderLabs(labs.tests) : []),
    ].join('\n\n');
  return `${fitting(shared, render)}\n`;
}

/** Questions that people ask of their running every day, worded so that a model asks for the right things first. */
import type { ContextScope } from '../../domain/runner-context/facts.ts';

export interface Prompt {
  name: string;
  title: string;
  description: string;
  needs: ContextScope;
  text: string;
}

const honest =
  'Quote numbers with their day and unit, say which are device estimates, and say plainly what is missing; do not guess it. This is no medical advice.';

export const prompts: readonly Prompt[] = [
  {
    name: 'how_is_my_recovery',
    title: 'How is my recovery?',
    description: 'Compares the last nights with the runner’s own baselines.',
    needs: 'health',
    text: `How is my recovery today? Call get_context, then get_health with limit=28. Compare resting heart rate, HRV and sleep of the last three days with the mean of the 28, say which way each is moving and what I ran meanwhile if that is shared, and end with one sentence: train as planned, take it easy, or rest. ${honest}`,
  },
  {
    name: 'plan_my_week',
    title: 'Plan my week',
    description: 'Seven days of training from what was run lately and what is aimed at.',
    needs: 'training',
    text: `Plan my next seven days of running. Call get_context, then get_runs with limit=40. Start from what I have really run in the last four weeks, my goals and how long they are away, and my training paces if they are given. Give a table with a line for each day: session, distance, pace or heart rate, and why. Do not raise the weekly distance by more than a tenth over my four-week average without saying so. ${honest}`,
  },
  {
    name: 'am_i_ready_to_race',
    title: 'Am I ready to race?',
    description: 'Holds the next goal against training, bests and recovery.',
    needs: 'training',
    text: `Am I ready for my next race? Call get_context, get_runs with limit=60 and, if it is listed, get_personal_bests. Take the goal that is soonest; if there is none, ask me which race. Compare my longest runs, weekly distance and newest performances with what its distance and target time ask for, give a realistic range of finishing times, name the greatest risk and what to do in the days that are left. ${honest}`,
  },
];

/** The commands about who is who: signing in without an identity provider, and whose sessions own a runner. */
import { CommandError } from './client.ts';
import type { Command } from './command.ts';

interface Session {
  role: string;
  subject: string;
  token: string;
  expiresAt: string;
}

const roles = ['operator', 'coach', 'runner'];

export const sessionCommands: Command[] = [
  {
    name: 'login',
    description: 'sign in as anyone, for development; refused where an identity provider signs the sessions',
    options: {
      '--as <role>': `${roles.join(', ')} (required)`,
      '--user <name>': "a runner's username; for coaches and operators any subject",
    },
    required: ['as'],
    run(ask, _args, { as, user }) {
      if (!roles.includes(String(as))) throw new CommandError(`--as must be one of ${roles.join(', ')}.`);
      if (as === 'runner' && user === undefined) throw new CommandError('Say which runner: --user <username>.');
      return ask(
        'mutation ($input: CreateDevelopmentSessionInput!) { createDevelopmentSession(input: $input) { role subject token expiresAt } }',
        { input: { role: String(as).toUpperCase(), user } },
      );
    },
    render({ createDevelopmentSession }) {
      const { role, subject, token, expiresAt } = createDevelopmentSession as Session;
      return `${token}

You are the ${role.toLowerCase()} ${subject} until ${expiresAt}. For commands and scripts:

  export EKIDEN_TOKEN=${token}
  curl -H "Authorization: Bearer $EKIDEN_TOKEN" …

In GraphiQL and other clients it is the header Authorization: Bearer <token>.`;
    },
  },
  {
    name: 'runner subject <username> <subject>',
    description: 'say whose sessions own a runner: the sub by which an identity provider knows them',
    async run(ask, [username, subject]) {
      const { runner } = await ask('query ($username: String!) { runner(username: $username) { id } }', { username });
      if (!runner) throw new CommandError(`There is no runner named ${JSON.stringify(username)}.`);
      return ask('mutation ($id: ID!, $subject: String!) { updateRunner(id: $id, input: { subject: $subject }) { username subject } }', {
        id: (runner as { id: string }).id,
        subject,
      });
    },
    render({ updateRunner }) {
      const { username, subject } = updateRunner as { username: string; subject: string };
      return `Sessions whose sub is ${subject} own the runner ${username}.`;
    },
  },
];

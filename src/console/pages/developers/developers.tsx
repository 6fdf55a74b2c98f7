/** For whoever writes a client: how to start in five minutes, as a partner or as the author of an LLM tool. */
import { Card } from '../../parts/card.tsx';
import { Code } from '../../parts/code.tsx';
import { PageHeader } from '../../parts/page-header.tsx';
import styles from './developers.module.css';

const { origin } = window.location;

const links = [
  { href: '/api/docs', label: 'API reference', about: 'Every endpoint, parameter and status; try requests with your key.' },
  { href: '/graphql', label: 'GraphiQL', about: 'The same rows over GraphQL. Put your key among the headers.' },
  { href: '/api/openapi.json', label: 'OpenAPI document', about: 'To generate a client from.' },
  { href: '/llms.txt', label: 'llms.txt', about: 'The whole gateway, written for a language model.' },
];

export default function Developers() {
  return (
    <div className="stack">
      <PageHeader
        title="Start in five minutes"
        about="Read workouts and training plans with an API key, or a runner’s training context with the address they gave you."
      />
      <nav aria-label="Reference" className={styles.links}>
        {links.map(({ href, label, about }) => (
          <a key={href} href={href} className={styles.link}>
            <strong>{label}</strong>
            <span className="quiet">{about}</span>
          </a>
        ))}
      </nav>
      <div className={styles.columns}>
        <Card title="For partners" about="Server to server, read-only. Ask the operator of this gateway for a key.">
          <ol className={styles.steps}>
            <li>
              <p>Ask for something. The answer says where you stand with your limits in its RateLimit header.</p>
              <Code label="A first request" text={`curl -H "X-API-Key: $KEY" '${origin}/api/workout-templates?per_page=5'`} />
            </li>
            <li>
              <p>
                Copy everything once: follow <code>next</code> until there is none, and keep the highest <code>updatedAt</code> you saw.
              </p>
              <Code label="A full copy begins with" text={`curl -H "X-API-Key: $KEY" '${origin}/api/workout-templates?per_page=100'`} />
            </li>
            <li>
              <p>
                From then on ask only for what changed. <code>includeRemoved</code> also names what you may no longer show.
              </p>
              <Code
                label="A poll"
                text={`curl -H "X-API-Key: $KEY" \\\n  '${origin}/api/workout-templates?updatedSince=2026-11-01T00:00:00Z&includeRemoved=true'`}
              />
            </li>
          </ol>
          <p className="quiet">
            Send the <code>ETag</code> you were given as <code>If-None-Match</code>: an unchanged answer is 304 without a body. On 429 wait
            for as many seconds as <code>Retry-After</code> says.
          </p>
        </Card>
        <Card title="For LLM tools" about="One secret address per runner, no key. It shows what that runner shares, and nothing else.">
          <ol className={styles.steps}>
            <li>
              <p>Give a model the address. It answers in markdown, with a way to read it at the top.</p>
              <Code label="Markdown" text={`curl '${origin}/api/runner-context/$TOKEN'`} />
            </li>
            <li>
              <p>The same as data.</p>
              <Code label="JSON" text={`curl '${origin}/api/runner-context/$TOKEN?format=json'`} />
            </li>
            <li>
              <p>Every day there is, newest first, a page at a time.</p>
              <Code label="Health history" text={`curl '${origin}/api/runner-context/$TOKEN/health?limit=30'`} />
            </li>
          </ol>
          <p className="quiet">
            403 means the runner does not share this; 404 that the address is not theirs any more. Treat what runners wrote as data, never
            as instructions.
          </p>
        </Card>
      </div>
    </div>
  );
}

/** The catalogue: the list, one workout, one plan, and the import. */
import { Link, Route, Switch } from 'wouter';
import { PageHeader } from '../../parts/page-header.tsx';
import { Empty } from '../../parts/states.tsx';
import { Browse } from './browse.tsx';
import { Import } from './import.tsx';
import { Plan } from './plan.tsx';
import { Workout } from './workout.tsx';

export default function Catalogue() {
  return (
    <Switch>
      <Route path="/catalogue" component={Browse} />
      <Route path="/catalogue/import" component={Import} />
      <Route path="/catalogue/workouts/:id">{({ id }) => <Workout key={id} id={id} />}</Route>
      <Route path="/catalogue/plans/:id">{({ id }) => <Plan key={id} id={id} />}</Route>
      <Route>
        <div className="stack">
          <PageHeader title="No such page" />
          <Empty title="The catalogue has no page here">
            <Link href="/catalogue">Go to the list</Link>
          </Empty>
        </div>
      </Route>
    </Switch>
  );
}

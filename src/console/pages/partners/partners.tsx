/** The operator's desk: the partners, one partner with its keys, and the record of what was done. */
import { Route, Switch } from 'wouter';
import NotFound from '../not-found/not-found.tsx';
import { AuditLog } from './audit-log.tsx';
import { PartnerDesk } from './partner-desk.tsx';
import { PartnerList } from './partner-list.tsx';

export default function Partners() {
  return (
    <Switch>
      <Route path="/partners">
        <PartnerList />
      </Route>
      <Route path="/partners/audit">
        <AuditLog />
      </Route>
      <Route path="/partners/:id">{({ id }) => <PartnerDesk key={id} id={id} />}</Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

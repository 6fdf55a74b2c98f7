/** What is kept of a partner, as a form in a dialog. */
import { type FormEvent, useId } from 'react';
import type { Failure } from '../../client.ts';
import { Button } from '../../parts/button.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { faultOf, TextArea, TextField } from '../../parts/field.tsx';
import { filledIn } from './filled-in.ts';
import { FormFailure } from './form-failure.tsx';

interface PartnerValues {
  name: string;
  contactEmail: string | null;
  notes: string | null;
}

interface Props {
  title: string;
  save: string;
  partner?: { name: string; contactEmail?: string | null | undefined; notes?: string | null | undefined };
  failure: Failure | null;
  busy: boolean;
  onSave: (values: PartnerValues) => Promise<void>;
  onClose: () => void;
}

export function PartnerForm({ title, save, partner, failure, busy, onSave, onClose }: Props) {
  const id = useId();
  const faults = failure?.faults ?? [];
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const { name = '', contactEmail = null, notes = null } = filledIn(event.currentTarget);
    void onSave({ name, contactEmail, notes });
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form id={id} noValidate className="stack" onSubmit={submit}>
        <TextField label="Name" name="name" autoComplete="off" defaultValue={partner?.name} fault={faultOf(faults, 'name')} />
        <TextField
          label="Contact"
          hint="An email address: whom to write to. May stay empty."
          name="contactEmail"
          type="email"
          autoComplete="off"
          defaultValue={partner?.contactEmail ?? ''}
          fault={faultOf(faults, 'contactEmail')}
        />
        <TextArea
          label="Notes"
          hint="What other operators should know. The partner does not see them."
          name="notes"
          rows={4}
          defaultValue={partner?.notes ?? ''}
          fault={faultOf(faults, 'notes')}
        />
        <FormFailure failure={failure} fields={['name', 'contactEmail', 'notes']} />
        <div className="row">
          <Button type="submit" kind="primary" busy={busy}>
            {save}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Catches what a page throws, so that the rest of the console stays usable. */
import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './states.tsx';

export class PageBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice tone="bad" title="This page could not be shown">
        <p>It may have been replaced by a newer version while it was open. Loading it again helps then.</p>
        <Button onClick={() => window.location.reload()}>Load again</Button>
      </Notice>
    );
  }
}

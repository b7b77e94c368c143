import { Component } from '@angular/core';
import type { CountersignErrorDetail } from 'countersign';
import { backend } from './backend';
import { Countersign } from './countersign.directive';

@Component({
  selector: 'app-authorize',
  imports: [Countersign],
  template: `
    <main>
      <countersign-identity-provider loginUrl="/login" [backend]="backend" (countersignError)="report($event)" />
    </main>
  `,
})
export class Authorize {
  protected readonly backend = backend;

  protected report({ code, path }: CountersignErrorDetail) {
    console.warn(code, path);
  }
}

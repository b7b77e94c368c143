import { Component } from '@angular/core';
import type { CountersignErrorDetail } from 'countersign';
import { backend } from './backend';
import { Countersign } from './countersign.directive';

@Component({
  selector: 'app-wrong',
  imports: [Countersign],
  template: `
    <countersign-identity-provider theme="pink" />
    <countersign-identity-provider [backend]="42" />
    <countersign-identity-provider [backnd]="backend" />
    <countersign-b2b-identity-provider (countersignError)="is($event.code === 'never')" />
    <countersign-b2b-identity-provider [onLogin]="onLogin" />
  `,
})
export class Wrong {
  protected readonly backend = backend;
  protected readonly onLogin = () => undefined;
  protected is(given: boolean) { return given; }
  protected report(error: CountersignErrorDetail) { return error; }
}

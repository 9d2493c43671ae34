/** What happens to events, from the platform's word to the end of their handling, put together. */

import { commandForms } from '../commands/forms.ts';
import type { BotError } from '../errors.ts';
import type { Memberships } from '../identity/memberships.ts';
import type { OpenInbox } from '../inbox/open-inbox.ts';
import type { InboxWorker, WorkerDependencies } from '../inbox/worker.ts';
import type { EventSink } from '../platform/chat-event.ts';
import type { TypingSource } from '../platform/typing.ts';
import { createEventSink, type EventSinkDependencies } from './event-sink.ts';
import { createEventHandler, type EventHandlerDependencies } from './events.ts';
import { followMembers } from './member-events.ts';
import { createSubscriptions, type Subscriptions } from './subscriptions.ts';
import { createTypingSource } from './typing.ts';
import { createUnanswered, type UnansweredDependencies } from './unanswered.ts';

/** What is told of events to metrics and log. */
export type EventObserver = UnansweredDependencies['observer'] & {
	taken: EventSinkDependencies['onTaken'];
	handled: WorkerDependencies['onDone'];
	rated: EventHandlerDependencies['observeFeedback'];
	/** The inbox could not be reached. */
	storeFailed(error: BotError): void;
};

export interface EventsDependencies extends Omit<EventHandlerDependencies, 'subscriptions' | 'forms' | 'observeFeedback'> {
	memberships: Memberships;
	inbox: OpenInbox;
	observer: EventObserver;
}

export interface EventsRoom {
	/** Keeps what is worth keeping, for the worker. */
	accept: EventSink;
	worker: InboxWorker;
	subscriptions: Subscriptions;
	typing: TypingSource;
}

export function createEvents(deps: EventsDependencies): EventsRoom {
	const { store, commands, memberships, observer } = deps;
	const { inbox, recentKeys, createWorker } = deps.inbox;
	const subscriptions = createSubscriptions();
	followMembers(subscriptions, memberships);
	const worker = createWorker({
		handle: createEventHandler({ ...deps, subscriptions, forms: commandForms, observeFeedback: observer.rated }),
		onDone: observer.handled,
		onFailed: createUnanswered(deps),
		onStoreError: observer.storeFailed,
	});
	const accept = createEventSink({
		...{ inbox, recentKeys, store, commands, subscriptions, rules: deps.rules },
		onTaken(event, result) {
			observer.taken(event, result);
			if (result === 'new') worker.wake();
		},
	});
	return { accept, worker, subscriptions, typing: createTypingSource(deps) };
}

/** Who is signed in: found out at the start, and again whenever somebody signs in. */

import { livePace } from '#src/api/contract/live-pace.ts';
import type { Me } from '#src/api/contract/people.ts';
import type { Clock } from '#src/clock.ts';
import { pause } from '#src/waiting.ts';
import { type ApiClient, ApiProblem } from './api-client.ts';
import { createPageStore, type PageStore } from './page-store.ts';

/** `me` stays when the session is over, and so does all that is shown. */
export interface PageSession {
	state: 'asking' | 'in' | 'out';
	me: Me | null;
	/** The program does not answer. */
	isAway: boolean;
}

export interface SessionActions {
	session: PageStore<PageSession>;
	/** Finds out who is signed in, for as long as the program is away. */
	enter(): Promise<void>;
	/** Nobody is signed in any more; who was may come back. */
	over(): void;
	/** What is known of them has changed. */
	know(me: Me): void;
	/** They signed out. */
	left(): void;
}

export interface SessionDependencies {
	api: Pick<ApiClient, 'readMe'>;
	clock: Clock;
	/** Before `session` says so. @param before Who was signed in until now. */
	entered(me: Me, before: Me | null): void;
	refused(thrown: unknown): void;
}

export function createPageSession({ api, clock, entered, refused }: SessionDependencies): SessionActions {
	const session = createPageStore<PageSession>({ state: 'asking', me: null, isAway: false });
	let entering: Promise<void> | null = null;

	async function findOut(): Promise<void> {
		for (let failures = 0; ; failures++) {
			try {
				const me = await api.readMe();
				entered(me, session.get().me);
				return session.change(() => ({ state: 'in', me, isAway: false }));
			} catch (thrown) {
				if (!(thrown instanceof ApiProblem) || thrown.kind !== 'away') return refused(thrown);
				session.change((now) => ({ ...now, isAway: true }));
				const pauseMs = Math.min(livePace.retryMs.first * 2 ** failures, livePace.retryMs.most);
				await pause(clock, pauseMs, new AbortController().signal);
			}
		}
	}

	return {
		session,
		/** Once at a time, whoever wants to know. */
		enter() {
			entering ??= findOut().finally(() => {
				entering = null;
			});
			return entering;
		},
		over: () => session.change((now) => (now.state === 'out' ? now : { ...now, state: 'out', isAway: false })),
		know: (me) => session.change((now) => (now.me?.id === me.id ? { ...now, me } : now)),
		left: () => session.change(() => ({ state: 'out', me: null, isAway: false })),
	};
}

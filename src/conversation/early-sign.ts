/** A first sign for whoever has to wait until it is known who they are. It tells nothing, and it goes when nothing comes of their message. */

import type { Clock } from '../clock.ts';
import { type Activity, startActivity } from '../delivery/activity.ts';
import type { Pacer } from '../pacing/pacer.ts';
import type { PersonalEvent } from '../platform/chat-event.ts';
import type { ChatPlatform } from '../platform/chat-platform.ts';

export interface EarlySign {
	/** It is known who they are: from now on none appears. */
	recognised(): void;
	/** The sign as it is shown, for an answer to go on with; null when there is none. */
	take(): Activity | null;
	/** Takes the sign away, if there is one that nobody took. */
	clear(): Promise<void>;
}

export interface EarlySignDependencies {
	clock: Clock;
	pacers: (platform: ChatPlatform) => Pick<Pacer, 'run'>;
	/** In the language of the installation: nobody knows yet which is theirs. */
	words: string;
}

/** Longer than the platform takes to say who somebody is when nobody waits before them. */
const patienceMs = 1_000;

/** Whoever is told nothing but a refusal sees it too: it says no more than that a message came. What people say to each other calls for none. */
export function startEarlySign(deps: EarlySignDependencies, platform: ChatPlatform, event: PersonalEvent, signal: AbortSignal): EarlySign {
	const { clock, pacers, words } = deps;
	const known = new AbortController();
	const sinceMs = clock.now();
	let activity: Activity | null = null;

	async function showWhenLate(): Promise<void> {
		if (event.type !== 'message-received' || event.addressedBy === 'thread' || event.addressedBy === 'talk') return;
		await clock.wait(patienceMs, AbortSignal.any([known.signal, signal]));
		activity = startActivity({ platform, pacer: pacers(platform), clock }, { place: event.place, signal, sinceMs });
		await activity.show(words);
	}

	showWhenLate().catch(() => {});
	return {
		recognised: () => known.abort(),
		take() {
			const taken = activity;
			activity = null;
			return taken;
		},
		async clear() {
			await activity?.clear();
			activity = null;
		},
	};
}

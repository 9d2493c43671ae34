/** What administrators say in every channel at once: shown to them first, posted when they press, stopped when they press again. */

import type { Database } from '../database/database.ts';
import type { Principal } from '../database/transaction.ts';
import { noteDeed } from '../identity/log-entry.ts';
import type { Person } from '../identity/person.ts';
import { createReachAlone } from '../identity/reach-alone.ts';
import { createTellAlone } from '../identity/tell-alone.ts';
import type { JobDefinition } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Words } from '../locales/locales.ts';
import type { Actor } from '../platform/chat-event.ts';
import type { ChatPlatform, PrivateOffer } from '../platform/chat-platform.ts';
import type { Place } from '../platform/place.ts';
import type { AdministrationWords } from './admin-context.ts';
import { confirmMinutes, createBroadcastBook } from './broadcast-book.ts';
import { type BroadcastJobDependencies, createBroadcastJob } from './broadcast-job.ts';

export interface Broadcasts {
	/**
	 * Shows what would go where, in the administrator's personal chat, with a button that lets it begin. `off`: the settings do not allow it. `nowhere`:
	 * there is no channel. `unreached`: they were met in no chat. Else to how many channels it would go.
	 * @throws BotError as `ReachAlone`, `ChatPlatform.sendOffer` and `Database.query`.
	 */
	ask(administrator: Principal, text: string, words: AdministrationWords): Promise<'off' | 'nowhere' | 'unreached' | number>;
	/** What a button means that was pressed; null for one of none of these. @throws as `ask`. */
	press(pressing: Pressing, buttonId: string): Promise<'begun' | 'stopped' | 'over' | 'not-yours' | null>;
}

export interface Pressing {
	person: Person;
	account: Actor;
	platform: ChatPlatform;
	place: Place;
	words: Words;
	signal: AbortSignal;
}

export interface BroadcastsRoom {
	operations: Broadcasts;
	jobDefinitions: readonly JobDefinition[];
}

export interface BroadcastsDependencies extends Omit<BroadcastJobDependencies, 'book' | 'tellAlone'> {
	database: Database;
	jobs: Pick<Jobs, 'enqueue'>;
	/** Whether administrators may post everywhere. */
	mayBroadcast: boolean;
}

/** More lines nobody reads before they press. */
const mostShown = 20;
const patienceMs = 30_000;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createBroadcasts(deps: BroadcastsDependencies): BroadcastsRoom {
	const { database, platforms, pacers, jobs, mayBroadcast } = deps;
	const book = createBroadcastBook(database);
	const reach = createReachAlone(deps);
	const job = createBroadcastJob({ ...deps, book, tellAlone: createTellAlone(deps) });

	async function offer(platform: ChatPlatform, place: Place, account: Actor, offered: PrivateOffer, signal: AbortSignal): Promise<void> {
		const call = { operation: 'send-privately', place, priority: 'first' } as const;
		await pacers(platform).run(call, signal, () => platform.sendOffer(place, account, offered, signal));
	}

	async function begin(
		{ person, account, platform, place, words, signal }: Pressing,
		id: string,
		stopId: string,
	): Promise<'begun' | 'over'> {
		const isBegun = await database.asApp(async (transaction) => {
			if (!(await book.begin(transaction, id))) return false;
			await jobs.enqueue(transaction, job, { broadcastId: id });
			return true;
		});
		if (isBegun) await noteAs(person, 'broadcast-begin', 'done', { broadcast: id });
		// Whoever pressed twice, or in a moment in which a process died, has the button that stops it all the same.
		else if (!(await book.isRunning(id))) return 'over';
		const { begun, stop } = words.administration.broadcast;
		await offer(platform, place, account, { text: begun, button: { label: stop, action: { name: 'confirm', replyId: stopId } } }, signal);
		return 'begun';
	}

	async function stop(person: Person, id: string): Promise<'stopped' | 'over'> {
		if (!(await book.stop(id))) return 'over';
		await noteAs(person, 'broadcast-stop', 'done', { broadcast: id });
		return 'stopped';
	}

	async function noteAs(person: Person, action: string, outcome: 'done' | 'refused', details: object): Promise<void> {
		const entry = { action, outcome, subjectUserId: null, details: { ...details } };
		await database.asUser(person, (transaction) => noteDeed(transaction, person, entry));
	}

	function mayPress({ userId, role }: Person, askedBy: string): boolean {
		return mayBroadcast && userId === askedBy && role === 'ccb_admin';
	}

	return {
		jobDefinitions: [job],
		operations: {
			async ask({ userId }, text, { broadcast: words }) {
				if (!mayBroadcast) return 'off';
				const signal = AbortSignal.timeout(patienceMs);
				const reached = await reach({ userId, near: null }, signal);
				if (reached === null) return 'unreached';
				const channels = await book.channels([...platforms.keys()]);
				if (channels.length === 0) return 'nowhere';
				const id = await book.ask(userId, text, channels);
				const named = channels
					.slice(0, mostShown)
					.map(({ place: { platform, tenantId, channelId } }) => [platform, tenantId, channelId].join(':'));
				const shown = words.preview(text, named.join(', '), channels.length - named.length, confirmMinutes);
				const button = { label: words.begin(channels.length), action: { name: 'confirm', replyId: id } } as const;
				await offer(reached.platform, reached.chat, reached.account, { text: shown, button }, signal);
				return channels.length;
			},
			async press(pressing, buttonId) {
				const found = uuid.test(buttonId) ? await book.find(buttonId) : null;
				if (found === null) return null;
				const { person } = pressing;
				const { id, askedBy, stops, stopId } = found;
				if (mayPress(person, askedBy)) return stops ? await stop(person, id) : await begin(pressing, id, stopId);
				await noteAs(person, stops ? 'broadcast-stop' : 'broadcast-begin', 'refused', { broadcast: id });
				return 'not-yours';
			},
		},
	};
}

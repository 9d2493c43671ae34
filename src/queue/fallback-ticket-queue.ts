/** The queue as this process keeps it: its turns are the truth about them, the book in use has a copy, and beats compare the two. */

import { pause } from '../waiting.ts';
import { createProcessTickets } from './process-tickets.ts';
import type { HostLoad, Places, TicketEntry, TicketMessage } from './ticket-book.ts';
import { createTicketBookSwitch, type TicketBookSwitchParts } from './ticket-book-switch.ts';
import type { TicketQueue, TicketServing } from './ticket-queue.ts';
import { BEAT_MS } from './ticket-rules.ts';

/** Positions are asked for so often where they are not told: people do not read faster, and platforms take few edits. */
const PLACES_EVERY_MS = 1_000;

export interface FallbackTicketQueueParts extends Pick<TicketBookSwitchParts, 'openMemory' | 'openRedis' | 'clock' | 'logger'> {
	processId: string;
}

const nothingKnown: HostLoad = { streaming: 0, slots: null };

export function createFallbackTicketQueue({ processId, clock, ...rest }: FallbackTicketQueueParts): TicketQueue {
	const turns = createProcessTickets();
	const stopping = new AbortController();
	let serving: TicketServing | null = null;
	let serial = 0;
	let isPlacing = false;
	let doubt = new AbortController();
	const book = createTicketBookSwitch({
		...rest,
		clock,
		hear,
		turns: () => turns.presence(clock.now()),
		onDoubt: () => doubt.abort(),
		signal: stopping.signal,
	});
	const { known, tell } = book;

	function hear(message: TicketMessage): void {
		if (message.type === 'moved') placeSoon();
		else if (message.type === 'forgotten') void book.register();
		else if (message.type === 'learned') learned(message.host, message.slots);
		else if (!turns.hear(message)) void tell((told) => told.leave(message.id), nothingKnown);
	}

	/** What memory learns is of this process's part, and of no use to the others. */
	function learned(host: string, slots: number): void {
		if (book.mode() === 'shared') known.learned.set(host, slots);
		serving?.onLearned(host, slots);
	}

	async function beatLoop(): Promise<void> {
		while (!stopping.signal.aborted) {
			book.hostsChanged();
			doubt = new AbortController();
			await beat();
			await pause(clock, BEAT_MS, AbortSignal.any([stopping.signal, doubt.signal]));
		}
	}

	async function beat(): Promise<void> {
		const asked = book.current();
		// Turns that come later are not in the answer.
		const ids = turns.ids();
		const answer = await tell((told) => told.beat(), null);
		if (answer === null || book.current() !== asked) return;
		known.state = answer.state;
		if (book.mode() === 'shared') known.processes = answer.processes;
		for (const [host, slots] of answer.learned) learned(host, slots);
		if (!turns.compare(answer, ids)) await book.register();
	}

	/** A book that tells of moves is asked at once, Redis once a second. */
	function placeSoon(): void {
		if (isPlacing || !turns.hasWaiting() || stopping.signal.aborted) return;
		isPlacing = true;
		void place();
	}

	async function place(): Promise<void> {
		// Moves that come together are told together.
		const isShared = book.mode() === 'shared';
		await (isShared ? pause(clock, PLACES_EVERY_MS, stopping.signal) : undefined);
		isPlacing = false;
		const asked = book.current();
		const answer = await tell((told) => told.places(), null);
		if (answer === null || book.current() !== asked) return;
		note(answer);
		if (book.mode() === 'shared') placeSoon();
	}

	function note(places: Places): void {
		known.meanHoldMs = places.meanHoldMs;
		turns.place(places);
	}

	async function write(entry: TicketEntry): Promise<void> {
		const asked = book.current();
		const places = await tell((told) => told.enter(entry, serving?.queueLimit ?? 0), null);
		if (places === null || book.current() !== asked) return;
		note(places);
		placeSoon();
	}

	return {
		serve(given) {
			serving = given;
			book.serve(given);
			void beatLoop();
		},
		enter(request, listener) {
			serial += 1;
			const id = `${processId}/${serial}`;
			const turn = turns.add({ ...request, id }, listener, clock.now());
			book.hostsChanged();
			void write(turn.entry);
			return {
				started: async () => {
					turn.hasStarted = true;
					return await tell((told) => told.started(id), nothingKnown);
				},
				leave: async (use) => {
					if (!turns.has(id)) return nothingKnown;
					turns.delete(id);
					return await tell((told) => told.leave(id, use), nothingKnown);
				},
			};
		},
		hostsChanged: book.hostsChanged,
		load: async (host) => await tell((told) => told.load(host), nothingKnown),
		learn: (host, slots) => void tell((told) => told.learn(host, slots), undefined),
		async view() {
			// When Redis goes away over the question, memory answers.
			const view = (await tell((told) => told.view(), null)) ?? (await book.current().view());
			return { ...view, mode: book.mode() };
		},
		async setState(state) {
			known.state = state;
			await tell((told) => told.setState(state), undefined);
			book.stateWasSet();
		},
		mode: book.mode,
		async stop() {
			stopping.abort();
			await tell((told) => told.quit(), undefined);
			book.close();
		},
	};
}

import { randomUUID } from 'node:crypto';
import { createMemoryCache } from '#src/cache/memory-cache.ts';
import { systemClock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import { createLivePublisher } from '#src/live/live-publisher.ts';
import type { Actor, Attachment, MessageReceived, PersonalEvent } from '#src/platform/chat-event.ts';
import type { Place } from '#src/platform/place.ts';
import type { AdapterUnderTest, Said } from '#test/contract/adapter-under-test.ts';
import { describeAdapterContract } from '#test/contract/chat-adapter.contract.ts';
import { createWebAdapter } from '../../../adapters/web/index.ts';
import { openWebPage } from './page.ts';

const actor = (accountId: string): Actor => ({ platform: 'slack', tenantId: 'T1', accountId });
const notHere = async (): Promise<never> => {
	throw new Error('The web has no such thing.');
};

async function open(): Promise<AdapterUnderTest> {
	const cache = createMemoryCache();
	const platform = createWebAdapter({
		...{ live: createLivePublisher({ cache, clock: systemClock }), uploads: { read } },
		notices: { keep: async () => {} },
		accounts: { profileOf: notHere },
	});
	const page = openWebPage(cache);
	const events: PersonalEvent[] = [];
	const given = new Map<string, Buffer>();
	let failure: BotError | null = null;
	let isTwice = false;

	async function read(id: string): Promise<Buffer> {
		const content = given.get(id);
		if (content === undefined) throw new BotError('NOT_FOUND', 'no such file');
		return content;
	}

	async function take(event: PersonalEvent): Promise<void> {
		if (failure !== null) throw failure;
		events.push(event);
	}

	/** As the API does, before the question. */
	function give({ name, mediaType, content }: NonNullable<Parameters<AdapterUnderTest['say']>[0]['file']>): Attachment {
		const id = randomUUID();
		given.set(id, content);
		return { id, name, mediaType, sizeBytes: content.length, source: id };
	}

	/** The page keeps in its outbox what was not taken. */
	async function deliver(event: PersonalEvent, times: number): Promise<void> {
		while ((await take(event).catch((thrown: unknown) => thrown)) !== undefined) await systemClock.wait(10);
		if (times > 1) await deliver(event, times - 1);
	}

	return {
		platform,
		kinds: ['direct'],
		lacks: ['channels', 'accounts', 'changes', 'presses', 'troubles'],
		people: { member: actor('U1'), colleague: actor('U2'), guest: actor('U3'), outsider: actor('U4'), gone: actor('U5') },
		newcomer: async () => actor(randomUUID()),
		giveGroup: notHere,
		takeGroup: notHere,
		withoutGroupRight: null,
		tells: [],
		changeAccount: notHere,
		async say({ text, in: thread, author = actor('U1'), file }): Promise<Said> {
			const place: Place = thread ?? {
				...{ platform: 'web', tenantId: 'web', kind: 'direct' },
				...{ channelId: author.accountId, threadId: randomUUID() },
			};
			await page.open(place);
			const messageId = randomUUID();
			const event: MessageReceived = {
				...{ type: 'message-received', platform: 'web', tenantId: 'web', place, messageId, author, text },
				...{ key: `web:${author.accountId}:${messageId}`, occurredAt: new Date().toISOString() },
				...{ addressedBy: 'direct', startsThread: false, attachments: file === undefined ? [] : [give(file)] },
			};
			void deliver(event, isTwice ? 2 : 1);
			return { messageId, place };
		},
		sayAsBot: async () => {},
		openClosedChannel: notHere,
		letIn: notHere,
		shutOut: notHere,
		settle: async () => {},
		changePlace: notHere,
		removeApp: notHere,
		changeFile: notHere,
		shownFiles: () => [],
		linkTo: ({ place }) => `https://bot.example.com/c/${place.threadId}`,
		edit: notHere,
		remove: notHere,
		press: notHere,
		deliverTwice(on) {
			isTwice = on;
		},
		// Nothing comes in but for somebody who is signed in.
		forge: async () => false,
		seen({ place, messageId }) {
			const message = page.look(place).messages.get(messageId);
			if (message === undefined || message.isRemoved) return null;
			return { text: message.text, buttons: message.buttons.map(({ label }) => label), isStreaming: false };
		},
		sources: ({ place, messageId }) =>
			(page.look(place).messages.get(messageId)?.sources ?? []).map(({ position, title, about, url }) => ({ position, title, about, url })),
		activity: (place) => page.look(place).activity,
		privateWords: (place) => page.look(place).notices.map(({ text }) => text),
		pressOffer: notHere,
		prompts: () => [],
		// There is nobody whom a text could call.
		notifies: () => false,
		failNext: () => {
			throw new Error('No call crosses a line that could fail.');
		},
		endStream: notHere,
		sinkFails(error) {
			failure = error;
		},
		events,
		happenings: [],
		profiles: [],
		forget() {
			events.splice(0);
		},
		close: () => cache.close(),
	};
}

describeAdapterContract({ name: 'the web adapter', open });

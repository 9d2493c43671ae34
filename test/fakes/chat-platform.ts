/** A chat platform in memory that remembers what it shows, enforces what it is told to, and fails on order. */

import { BotError } from '#src/errors.ts';
import type { PlaceAudience } from '#src/platform/audience.ts';
import type { Capabilities, Operation } from '#src/platform/capabilities.ts';
import type { ButtonAction } from '#src/platform/chat-event.ts';
import type { ChatPlatform, FilePage, FileRange, MessageReference, OutgoingMessage, Profile } from '#src/platform/chat-platform.ts';
import type { Place } from '#src/platform/place.ts';
import type { FileShared } from '#src/platform/place-event.ts';
import { resultText } from '#src/platform/result-text.ts';
import type { ShownPassage, SourceList } from '#src/platform/source.ts';

export interface ShownMessage {
	id: string;
	place: Place;
	text: string;
	buttons: string[];
	/** Their numbers. */
	sources: number[];
	replyId: string | null;
	/** The text alone, without any form. */
	isBare: boolean;
	isStreaming: boolean;
	isRemoved: boolean;
	history: string[];
}

export interface FakePlatform extends ChatPlatform {
	messages: ShownMessage[];
	calls: { operation: Operation | 'private'; messageId: string }[];
	activities: (string | null)[];
	/** The keys of all posts that were tried. */
	sendKeys: (string | undefined)[];
	privately: { accountId: string; text: string }[];
	passages: { accountId: string; passage: ShownPassage }[];
	offers: { accountId: string; text: string; action: ButtonAction }[];
	profiles: Map<string, Partial<Profile>>;
	/** What people have shared, by the source of the attachment, or by its id where that is null. */
	files: Map<string, string | Uint8Array>;
	/** What was shared before, the newest first; a page holds two. */
	past: FileShared[];
	/** By account id; null for all when the platform does not tell, an error when it cannot. */
	groups: Map<string, readonly string[]> | BotError | null;
	/** Account ids by channel id; an error when they cannot be told. */
	members: Map<string, readonly string[]> | BotError;
	/** By channel id, what does not follow from its members. */
	audiences: Map<string, Partial<PlaceAudience>>;
	/** The next call of this kind fails, before or after it was carried out. */
	failNext(operation: Operation, error: BotError, isCarriedOut?: boolean): void;
	/** Until further notice calls of these kinds are refused, or those whose message the rule is about. */
	refuse(operations: readonly Operation[], error: BotError, rule?: (message: Pick<OutgoingMessage, 'text' | 'isBare'>) => boolean): void;
	/** Takes back what `refuse` ordered. */
	allow(): void;
	visible(): ShownMessage[];
}

const pageSize = 2;

export const roomyCapabilities: Capabilities = {
	budgets: {},
	overall: null,
	messageText: { limit: 9_000, unit: 'utf8-bytes' },
	stream: {
		kinds: ['direct', 'group', 'channel'],
		maxLifetimeMs: 240_000,
		minIntervalMs: 700,
		minCallIntervalMs: 0,
		endsWhenStopped: false,
	},
	minEditIntervalMs: 1_200,
	firstTextWaitMs: 150,
	threads: ['direct', 'group', 'channel'],
	readsThreads: true,
	readsMessages: ['direct', 'group', 'channel'],
	linksMessages: ['direct', 'group', 'channel'],
	files: { kinds: ['direct', 'group', 'channel'], maxBytes: 1_000_000 },
	listsFiles: ['group', 'channel'],
	knowsPeopleByPlace: false,
	listsMembers: false,
	tells: [],
	findsOwnMessages: true,
	activity: { lifetimeMs: 120_000, showsText: true },
	showsPrivateWordsInNewThreads: false,
	suggestsPrompts: true,
};

const colleague = { locale: 'en-GB', isBot: false, isGuest: false, isExternal: false, isDeactivated: false };

export function createFakePlatform(capabilities: Capabilities = roomyCapabilities): FakePlatform {
	const failures: { operation: Operation; error: BotError; isCarriedOut: boolean }[] = [];
	const messages: ShownMessage[] = [];
	const calls: FakePlatform['calls'] = [];
	let refusals: Parameters<FakePlatform['refuse']>[] = [];

	function call<T>(
		operation: Operation,
		messageId: string,
		carryOut: () => T,
		message: { text: string; isBare?: boolean } = { text: '' },
	): T {
		calls.push({ operation, messageId });
		const refusal = refusals.find(([operations, , rule = () => true]) => operations.includes(operation) && rule(message));
		if (refusal !== undefined) throw refusal[1];
		const index = failures.findIndex((failure) => failure.operation === operation);
		if (index < 0) return carryOut();
		const [failure] = failures.splice(index, 1);
		if (failure?.isCarriedOut) carryOut();
		throw failure?.error;
	}

	function find(reference: MessageReference): ShownMessage {
		const message = messages.find((candidate) => candidate.id === reference.messageId && !candidate.isRemoved);
		if (message === undefined) throw new BotError('PLATFORM_REJECTED', 'no such message', { reason: 'message-gone' });
		return message;
	}

	function add(place: Place, text: string, shown: Partial<ShownMessage>): MessageReference {
		const id = String(1_000 + messages.length);
		const empty = { buttons: [], sources: [], replyId: null, isBare: false, isStreaming: false, isRemoved: false, history: [text] };
		messages.push({ id, place, text, ...empty, ...shown });
		return { place, messageId: id };
	}

	function show(message: ShownMessage, { text, buttons, sources, replyId, isBare = false }: OutgoingMessage): void {
		const shown = isBare ? [] : buttons.map((button) => button.action.name);
		Object.assign(message, { text, buttons: shown, sources: numbersOf(sources), replyId: replyId ?? message.replyId, isBare });
		message.history.push(text);
	}

	return {
		name: 'fake',
		capabilities,
		messages,
		calls,
		activities: [],
		sendKeys: [],
		privately: [],
		passages: [],
		offers: [],
		profiles: new Map(),
		audiences: new Map(),
		files: new Map(),
		past: [],
		...{ groups: new Map(), members: new Map() },
		failNext: (operation, error, isCarriedOut = false) => failures.push({ operation, error, isCarriedOut }),
		refuse: (...refusal) => void refusals.push(refusal),
		allow: () => {
			refusals = [];
		},
		visible: () => messages.filter((message) => !message.isRemoved),
		start: async () => {},
		stop: async () => {},
		health: () => ({ state: 'up' }),
		renderBlock: (block) => block.source,
		async post(place, message) {
			this.sendKeys.push(message.sendKey);
			const { isBare = false, replyId = null, buttons, sources } = message;
			const shown = {
				...{ isBare, replyId, sources: numbersOf(sources) },
				buttons: isBare ? [] : buttons.map((button) => button.action.name),
			};
			return call('post', '', () => add(place, message.text, shown), message);
		},
		edit: async (reference, message) =>
			call(
				'edit',
				reference.messageId,
				() => {
					const target = find(reference);
					if (target.isStreaming) throw new BotError('PLATFORM_REJECTED', 'still streaming', { reason: 'stream-open' });
					show(target, message);
				},
				message,
			),
		remove: async (reference) =>
			call('remove', reference.messageId, () => {
				find(reference).isRemoved = true;
			}),
		openStream: async (place, _recipient, text) => call('open-stream', '', () => add(place, text, { isStreaming: true }), { text }),
		appendStream: async (reference, { delta, text }) =>
			call('append-stream', reference.messageId, () => append(reference, delta), { text }),
		closeStream: async (reference, delta, message) =>
			call(
				'close-stream',
				reference.messageId,
				() => {
					append(reference, delta);
					const target = find(reference);
					target.isStreaming = false;
					target.buttons = message.buttons.map((button) => button.action.name);
					target.sources = numbersOf(message.sources);
					target.replyId = message.replyId ?? null;
				},
				message,
			),
		async showActivity(_place, text) {
			call('show-activity', '', () => this.activities.push(text));
		},
		async sendPrivately(_place, actor, told) {
			const text = resultText(told);
			calls.push({ operation: 'private', messageId: '' });
			this.privately.push({ accountId: actor.accountId, text });
		},
		async showPassage(_place, { accountId }, passage) {
			call('send-privately', '', () => this.passages.push({ accountId, passage }));
		},
		async sendOffer(_place, { accountId }, { text, button }) {
			call('send-privately', '', () => this.offers.push({ accountId, text, action: button.action }));
		},
		suggestPrompts: async () => {},
		async fetchProfile(actor) {
			return { ...actor, displayName: actor.accountId, ...colleague, ...this.profiles.get(actor.accountId) };
		},
		async fetchGroups({ accountId }) {
			if (this.groups instanceof BotError) throw this.groups;
			return this.groups === null ? null : (this.groups.get(accountId) ?? []);
		},
		async *fetchFile({ id, source }, _place, maxBytes) {
			const file = Buffer.from(call('fetch-file', '', () => this.files.get(source ?? id)) ?? notThere());
			if (file.length > maxBytes) throw new BotError('TOO_LARGE', 'the file is larger than it may be');
			yield file;
		},
		listFiles: async function (place, range) {
			return call('list-files', '', () => pageOf(this.past, place, range));
		},
		readThread: async () => [],
		fetchMembers: async function ({ channelId }, { accountId }) {
			return new Set(
				call('look-up-members', '', () => membersIn(this, channelId)).filter((id) => capabilities.listsMembers || id === accountId),
			);
		},
		fetchAudience: async function ({ channelId }, _signal, memberIds) {
			if (memberIds !== undefined) call('look-up-place', '', () => {});
			return {
				isOpen: false,
				hasOutsiders: false,
				accountIds: memberIds ?? new Set(call('look-up-members', '', () => membersIn(this, channelId))),
				...this.audiences.get(channelId),
			};
		},
		sendFile: async (place, { name }, comment) => void call('send-file', '', () => add(place, `[${name}] ${comment}`, {})),
		openPersonalChat: async ({ tenantId, accountId }) =>
			call('open-chat', '', () => ({ platform: 'fake', tenantId, channelId: `direct-${accountId}`, threadId: '', kind: 'direct' })),
		messageAt: () => null,
		permalink: async ({ messageId }) => `https://chat.example.com/${messageId}`,
		readMessage: async () => null,
		findOwnMessages: async (place, afterMessageId) =>
			messages
				.filter((message) => !message.isRemoved && message.id > afterMessageId)
				.map((message) => ({ reference: { place, messageId: message.id }, replyId: message.replyId })),
	};

	function append(reference: MessageReference, delta: string): void {
		const target = find(reference);
		if (!target.isStreaming) throw new BotError('PLATFORM_REJECTED', 'not streaming', { reason: 'stream-closed' });
		target.text += delta;
		target.history.push(target.text);
	}
}

function pageOf(past: readonly FileShared[], { channelId }: Place, { cursor, since }: FileRange): FilePage {
	const wanted = past.filter(({ place, occurredAt }) => place.channelId === channelId && occurredAt >= (since ?? ''));
	const next = Number(cursor ?? 0) + pageSize;
	return { shared: wanted.slice(next - pageSize, next), next: next < wanted.length ? String(next) : null };
}

function membersIn({ members }: Pick<FakePlatform, 'members'>, channelId: string): readonly string[] {
	if (members instanceof BotError) throw members;
	return members.get(channelId) ?? [];
}

function notThere(): never {
	throw new BotError('NOT_FOUND', 'there is no such file');
}

function numbersOf(list: SourceList | undefined): number[] {
	return (list?.sources ?? []).map(({ position }) => position);
}

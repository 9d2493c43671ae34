/** What the bot says in Teams: posts, edits, native streams, private words, the typing sign. */

import type { Clock } from '#src/clock.ts';
import { BotError } from '#src/errors.ts';
import type { Actor } from '#src/platform/chat-event.ts';
import type { ChatPlatform, OutgoingMessage, Refusal } from '#src/platform/chat-platform.ts';
import type { CommandResult } from '#src/platform/command-result.ts';
import { inFirstForm } from '#src/platform/first-form.ts';
import type { Place } from '#src/platform/place.ts';
import { refusalOf } from '#src/platform/refusal.ts';
import { type Marks, resultText } from '#src/platform/result-text.ts';
import type { Connector } from './connector-client.ts';
import { escapePlain, toActivity, toPassageText, toResultCard } from './format.ts';
import { toFormCard } from './forms.ts';
import { idOf, type Json } from './json.ts';
import type { FindMember } from './lookups.ts';
import { serviceUrlIn } from './route.ts';
import { createStreams } from './streams.ts';

type Outbound = Pick<
	ChatPlatform,
	| 'post'
	| 'edit'
	| 'remove'
	| 'openStream'
	| 'appendStream'
	| 'closeStream'
	| 'showActivity'
	| 'sendPrivately'
	| 'sendForm'
	| 'showPassage'
	| 'sendOffer'
	| 'sendFile'
	| 'openPersonalChat'
	| 'suggestPrompts'
>;

const marks: Marks = { escape: escapePlain, strong: (escaped) => `**${escaped}**` };

export interface OutboundDependencies {
	connector: Connector;
	findMember: FindMember;
	clock: Clock;
}

export function createOutbound({ connector, findMember, clock }: OutboundDependencies): Outbound {
	const { isOpen, forget, ...streams } = createStreams(connector, clock);

	/** "Targeted messages": seen by one person, for a day. The connector wants the id that it gave that person itself. */
	async function sendTargeted(place: Place, actor: Actor, activity: Json, signal: AbortSignal): Promise<void> {
		const member = await findMember(place, actor, signal);
		const recipient = { id: member?.id ?? actor.accountId, isTargeted: true };
		await connector.post(place, { ...activity, recipient }, signal, '?isTargetedActivity=true');
	}

	/** "Create conversation": the chat of two, where the person has the app. */
	async function openDirect(place: Place, { accountId }: Actor, signal: AbortSignal): Promise<Place> {
		const { tenantId } = place;
		const body = { isGroup: false, tenantId, members: [{ id: accountId }], channelData: { tenant: { id: tenantId } } };
		const answer = await connector.call(place, { operation: 'create', method: 'POST', path: 'conversations', body }, signal);
		const route = serviceUrlIn(place.route ?? '');
		return { platform: 'teams', tenantId, channelId: idOf(answer['id']), threadId: '', kind: 'direct', route };
	}

	/** Never where others see it: else in the personal chat, where they have the app. */
	async function sendAlone(place: Place, actor: Actor, activity: Json, signal: AbortSignal): Promise<void> {
		if (place.kind === 'direct') return void (await connector.post(place, activity, signal));
		if ((await rejectionOf(sendTargeted(place, actor, activity, signal))) === null) return;
		const sendDirectly = async () => await connector.post(await openDirect(place, actor, signal), activity, signal);
		const closed = await rejectionOf(sendDirectly());
		if (closed !== null) throw notAlone(closed);
	}

	return {
		...streams,
		async post(place, message, signal) {
			return { place, messageId: await connector.post(place, toActivity(message), signal) };
		},
		async edit(reference, message, signal) {
			// Nobody says what an update does to a stream that runs, so it is closed first.
			if (isOpen(reference)) throw streamOpen();
			const path = connector.pathOf(reference.place, reference.messageId);
			const body = { ...toActivity(message), id: reference.messageId };
			await connector.call(reference.place, { operation: 'edit', method: 'PUT', path, body }, signal);
		},
		async remove(reference, signal) {
			const path = connector.pathOf(reference.place, reference.messageId);
			await connector.call(reference.place, { operation: 'remove', method: 'DELETE', path }, signal);
			forget(reference);
		},
		async showActivity(place, text, signal) {
			// The sign says nothing, and goes by itself.
			if (text !== null) await connector.post(place, { type: 'typing' }, signal);
		},
		async sendPrivately(place, actor, told, _replyHandle, signal) {
			const words = toWords(told);
			const card = toResultCard(told);
			const forms: [Json, ...Json[]] = card === null ? [words] : [card, words];
			const sayIn = (there: Place) => inFirstForm(forms, async (activity) => void (await connector.post(there, activity, signal)));
			if (place.kind === 'direct') return await sayIn(place);
			const refused = await rejectionOf(inFirstForm(forms, (activity) => sendTargeted(place, actor, activity, signal)));
			if (refused === null) return;
			// An app or a tenant without targeted messages: better said openly than not at all.
			const closed = isClosed(refused) ? refused : await rejectionOf(sayIn(place));
			if (closed === null) return;
			if (!isClosed(closed)) throw closed;
			await sayIn(await openDirect(place, actor, signal));
		},
		async sendForm(place, actor, form, signal) {
			const activity = {
				type: 'message',
				attachments: [toFormCard(form, place, { askedOf: actor.accountId, askedAt: new Date(clock.now()).toISOString() })],
			};
			if (place.kind !== 'direct' && (await rejectionOf(sendTargeted(place, actor, activity, signal))) === null) return true;
			const sendDirectly = async () =>
				await connector.post(place.kind === 'direct' ? place : await openDirect(place, actor, signal), activity, signal);
			return (await rejectionOf(sendDirectly())) === null;
		},
		async showPassage(place, actor, passage, _replyHandle, signal) {
			await sendAlone(place, actor, toActivity({ text: toPassageText(passage), buttons: [] }), signal);
		},
		async sendOffer(place, actor, { text, button }, signal) {
			await sendAlone(place, actor, toActivity({ text: escapePlain(text), buttons: [button] }), signal);
		},
		async sendFile() {
			// In a chat of two the person is asked first, see `given-files.ts`; in channels it would take the right to write to SharePoint.
			throw new BotError('PLATFORM_REJECTED', 'bots show no files in Teams without asking', { reason: 'unsupported' });
		},
		async openPersonalChat(actor, lastSeen, signal) {
			if (lastSeen === null) throw new BotError('PLATFORM_REJECTED', 'nobody knows where they are in Teams', { reason: 'no-route' });
			return await openDirect(lastSeen, actor, signal);
		},
		async suggestPrompts(place, { greeting, prompts }, signal) {
			const actions = prompts.map(({ title, message }) => ({ type: 'imBack', title, value: message }));
			await connector.post(place, { ...toWords([greeting]), suggestedActions: { to: [], actions } }, signal);
		},
	};
}

/** What Teams has against it; null when it was done. @throws anything but a refusal. */
async function rejectionOf(work: Promise<unknown>): Promise<BotError | null> {
	return await work.then(
		() => null,
		(thrown: unknown) => {
			if (thrown instanceof BotError && thrown.code === 'PLATFORM_REJECTED') return thrown;
			throw thrown;
		},
	);
}

/** Nothing may be said there, whoever it is for. */
function isClosed(error: BotError): boolean {
	const refusal = refusalOf(error);
	return refusal === 'may-not-post' || refusal === 'place-gone';
}

/** Sentences of ours, which no model wrote. */
function toWords(told: CommandResult): Json {
	// One line break alone is none.
	const text = resultText(told, marks).replace(/\n+/g, '\n\n');
	const message: OutgoingMessage = { text, buttons: [] };
	return toActivity(message);
}

function notAlone(cause: BotError): BotError {
	return new BotError('PLATFORM_REJECTED', 'nothing can be shown to this person alone', { reason: 'not-alone' satisfies Refusal, cause });
}

function streamOpen(): BotError {
	return new BotError('PLATFORM_REJECTED', 'the message has an open stream', { reason: 'stream-open' satisfies Refusal });
}

/** Takes interactions: acknowledges within Discord's three seconds, then stores, and says so when that failed. */

import type { Forms } from '#src/commands/forms.ts';
import { BotError, toBotError } from '#src/errors.ts';
import { type Language, wordsFor } from '#src/locales/locales.ts';
import type { ChatEvent, EventSink } from '#src/platform/chat-event.ts';
import type { TypingSource } from '#src/platform/typing.ts';
import { unlessAborted } from '#src/waiting.ts';
import { modalOf } from './forms.ts';
import type { Guilds } from './guilds.ts';
import { placeOf } from './inbound.ts';
import { type Acknowledgement, type InteractionAnswers, toHandle } from './interaction-answers.ts';
import { type Interaction, readInteraction, toCommand, toOffer, toPress, toQuestion } from './interaction-events.ts';
import { asObject, type Json } from './json.ts';
import { accountTenant } from './profiles.ts';
import type { Roots } from './roots.ts';

export interface Interactions {
	/** Resolves when it is done with; never rejects. */
	take(payload: Json): Promise<void>;
}

/** What becomes an event, or nothing. */
type Taken = Exclude<Interaction, { kind: 'typing' }>;

export interface InteractionDependencies {
	answers: InteractionAnswers;
	guilds: Pick<Guilds, 'served' | 'ownRoles' | 'names'>;
	roots: Roots;
	forms: Forms;
	botUserId: () => string;
	sink: EventSink;
	typing: TypingSource;
	/** For people whose language Discord does not tell. */
	language: Language;
	onRejected: (reason: string) => void;
	onFailed: (error: unknown) => void;
}

/** "Application Command Option Choice Structure": of the choices, and of each. */
const mostChoices = 25;
const mostChoiceCharacters = 100;
/** Discord waits three seconds for what can be typed, and has to hear it within them. */
const typingLimitMs = 1_500;

/** To find out what a message answers, and to say that something failed. */
const limitMs = 10_000;

export function createInteractions(deps: InteractionDependencies): Interactions {
	const { answers, guilds, roots, forms, sink, language, onFailed } = deps;

	const wordsOf = ({ locale }: Interaction) => wordsFor(locale === '' ? null : locale, language);
	const handleOf = ({ kind, token }: Interaction) => toHandle(isPromised(kind) ? 'promised' : 'free', token);

	/** Before any work: what comes late is not shown at all. A failure is not the end, since the answer can go another way. */
	async function acknowledge(interaction: Taken): Promise<void> {
		const how: Acknowledgement = {
			command: { wait: true } as const,
			form: { wait: true } as const,
			offer: { wait: true } as const,
			ask: { text: wordsOf(interaction).command.asked },
			press: { done: true } as const,
			unknown: { text: wordsOf(interaction).failure.internal },
		}[interaction.kind];
		await answers.acknowledge(interaction, how).catch((thrown) => {
			// Somebody who held the gateway at the same moment was faster, or this is the second delivery.
			if (toBotError(thrown).reason !== 'interaction-answered') onFailed(thrown);
		});
	}

	/**
	 * A form must be the first answer. False where the command needs none, or Discord did not take it: then the command goes its way. True also
	 * where another process was faster.
	 */
	async function openForm(interaction: Taken): Promise<boolean> {
		const { kind } = placeOf(interaction.channel, '');
		const form = interaction.kind === 'command' ? forms.formFor(interaction.text, { words: wordsOf(interaction), kind }) : null;
		const modal = form === null ? null : modalOf(form, { askedOf: interaction.accountId, askedAt: new Date().toISOString() });
		if (modal === null) return false;
		return await answers.acknowledge(interaction, { modal }).then(
			() => true,
			(thrown) => {
				if (toBotError(thrown).reason === 'interaction-answered') return true;
				onFailed(thrown);
				return false;
			},
		);
	}

	/** Somebody is waiting with a word half written: nothing in time is as good as nothing at all. */
	async function offer(interaction: Interaction & { kind: 'typing' }): Promise<void> {
		const { channel, accountId, locale, command, argument, typed } = interaction;
		const actor = { tenantId: accountTenant, accountId };
		const signal = AbortSignal.timeout(typingLimitMs);
		const asked = { place: placeOf(channel, ''), actor, ...(locale === '' ? {} : { locale }), command, argument, typed };
		const overdue = () => new BotError('CANCELLED', 'what can be typed was not known in time');
		const known = await unlessAborted(deps.typing(asked, signal), signal, overdue).catch((thrown) => {
			onFailed(thrown);
			return [];
		});
		const choices = known.filter(({ length }) => length > 0 && length <= mostChoiceCharacters).slice(0, mostChoices);
		await answers.acknowledge(interaction, { choices }).catch(onFailed);
	}

	async function toEvent(interaction: Taken): Promise<ChatEvent | null> {
		const signal = AbortSignal.timeout(limitMs);
		const { channel } = interaction;
		const rootOf = async (message: Json) =>
			channel.guildId === null || channel.isThread ? '' : await roots.rootOf(channel.id, message, signal);
		switch (interaction.kind) {
			case 'command':
				return toCommand(interaction, handleOf(interaction));
			case 'form': {
				const filled = forms.fill(interaction.text, interaction.inputs, wordsOf(interaction));
				if (!('errors' in filled)) return toCommand({ ...interaction, ...filled }, handleOf(interaction));
				await answers.answer(handleOf(interaction), { content: Object.values(filled.errors).join('\n') }, signal);
				return null;
			}
			case 'press':
				return toPress(interaction, await rootOf(interaction.message), handleOf(interaction));
			case 'ask': {
				const botUserId = deps.botUserId();
				const reading = { botUserId, own: new Set([botUserId, ...guilds.ownRoles()]), names: guilds.names };
				return toQuestion(interaction, reading, await rootOf(asObject(interaction.target)));
			}
			case 'offer':
				return toOffer(interaction, deps.botUserId(), handleOf(interaction));
			case 'unknown':
				return null;
		}
	}

	async function store(interaction: Taken): Promise<void> {
		try {
			const event = await toEvent(interaction);
			if (event !== null) await sink(event);
		} catch (thrown) {
			onFailed(thrown);
			const failed = { content: wordsOf(interaction).failure.internal };
			await answers.answer(handleOf(interaction), failed, AbortSignal.timeout(limitMs)).catch(onFailed);
		}
	}

	return {
		async take(payload) {
			const interaction = readInteraction(payload);
			if (interaction === null) return;
			const { guildId } = interaction.channel;
			if (guildId !== null && !guilds.served.has(guildId)) {
				deps.onRejected('guild');
				return;
			}
			if (interaction.kind === 'typing') return await offer(interaction);
			if (await openForm(interaction)) return;
			await acknowledge(interaction);
			await store(interaction);
		},
	};
}

/** Whether a private answer follows what was taken in. */
function isPromised(kind: Interaction['kind']): boolean {
	return kind === 'command' || kind === 'form' || kind === 'offer';
}

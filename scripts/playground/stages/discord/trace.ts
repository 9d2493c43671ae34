/** What people saw of an answer in the emulated Discord: the typing sign, the answer and its edits. */

import type { DiscordEmulator, VisibleMessage } from '#test/emulators/discord/index.ts';
import type { Question, Trace } from '../stage.ts';
import { isStoppable } from './message.ts';

/** @param question with Discord's own id of the person. */
export function traceInDiscord(discord: DiscordEmulator, question: Question, untilMs: number): Trace {
	const { placeId, personId, atMs } = question;
	const answers = answersTo(discord, question, untilMs);
	const textAtMs = answers.flatMap(({ history }) => history.filter(({ visibleText }) => visibleText !== '').map((entry) => entry.atMs));
	const typing = discord.calls.find(
		(call) => call.operation === 'typing' && call.atMs >= atMs && call.atMs < untilMs && call.path.includes(placeId) && call.status === 204,
	);
	const ephemeral = discord.ephemerals(placeId, personId).find(({ createdAtMs }) => createdAtMs >= atMs && createdAtMs < untilMs);
	if (textAtMs.length === 0 && ephemeral !== undefined) textAtMs.push(ephemeral.createdAtMs);
	const signs = [typing?.answeredAtMs ?? null, answers[0]?.createdAtMs ?? null, ephemeral?.createdAtMs ?? null];
	const seen = signs.filter((time) => time !== null);
	return {
		signAtMs: seen.length === 0 ? null : Math.min(...seen),
		textAtMs: textAtMs.sort((left, right) => left - right),
		messageCount: answers.length,
		isOpen: answers.some((answer) => isStoppable(answer) || answer.isThinking) || discord.typing(placeId),
	};
}

/** In a channel an answer refers to the question, and what continues it to the answer; a direct conversation has one after the other. */
function answersTo(discord: DiscordEmulator, { placeId, messageId, threadId, atMs }: Question, untilMs: number): VisibleMessage[] {
	const chain = new Set([messageId]);
	return discord.messages(placeId).filter(({ id, authorId, reference, createdAtMs }) => {
		if (authorId !== discord.botUserId || createdAtMs < atMs || createdAtMs >= untilMs) return false;
		if (threadId !== null && !chain.has(reference?.messageId ?? '')) return false;
		chain.add(id);
		return true;
	});
}

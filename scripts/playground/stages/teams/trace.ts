/** What people saw of an answer in the emulated Teams: the typing sign, the progress bar, streamed text, edits. */

import type { TeamsEmulator } from '#test/emulators/teams/index.ts';
import type { Question, Trace } from '../stage.ts';
import { isStop } from './message.ts';

/** @param question with Teams' own id of the person. */
export function traceInTeams(teams: TeamsEmulator, question: Question, untilMs: number): Trace {
	const { placeId, messageId, threadId, atMs } = question;
	const replies = teams
		.messages(placeId, { threadRootId: threadId ?? undefined })
		.filter(({ from, visibleTo }) => from === 'bot' && (visibleTo === undefined || visibleTo === question.personId))
		.filter(({ id, history }) => Number(id) > Number(messageId) && (history[0]?.atMs ?? 0) < untilMs);
	const textAtMs = replies.flatMap(({ history }) => history.filter(({ visibleText }) => visibleText !== '').map((entry) => entry.atMs));
	// Channels do not show the sign.
	const typing = teams.calls.find(
		(call) =>
			threadId === null &&
			call.operation === 'typing' &&
			call.atMs >= atMs &&
			call.atMs < untilMs &&
			call.status === 201 &&
			namesPlace(call.path, placeId),
	);
	const signs = [typing?.answeredAtMs ?? null, replies[0]?.history[0]?.atMs ?? null].filter((time) => time !== null);
	return {
		signAtMs: signs.length === 0 ? null : Math.min(...signs),
		textAtMs: textAtMs.sort((left, right) => left - right),
		messageCount: replies.length,
		isOpen: replies.some(({ streaming, buttons }) => streaming === 'in_progress' || buttons.some(isStop)),
	};
}

function namesPlace(path: string, placeId: string): boolean {
	return decodeURIComponent(path).includes(`/conversations/${placeId}`);
}

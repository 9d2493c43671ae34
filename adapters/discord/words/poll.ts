/** Polls as words: the question, what can be chosen, and how it stands or ended. Pure. */

import { asNumber, asObject, asObjects, asText, asTime, type Json } from '../json.ts';
import { firstOf, lines, named, oneLine } from './bounds.ts';

/** "Poll Object": up to 10. */
const mostAnswers = 10;

/** Empty for a message without a poll. */
export function pollOf(message: Json): string {
	const poll = asObject(message['poll']);
	const question = mediaText(poll['question']);
	const answers = asObjects(poll['answers']);
	if (question === '' && answers.length === 0) return '';
	const votes = readVotes(poll);
	const choices = firstOf([...answers.entries()], mostAnswers, 'answers', ([index, answer]) => {
		const count = votes === null ? '' : ` (${countOf(votes.get(asNumber(answer['answer_id'])) ?? 0)})`;
		return `${index + 1}. ${mediaText(answer['poll_media'])}${count}`;
	});
	return lines([`${named(`poll, ${stateOf(poll)}`)} ${question}`, ...choices]);
}

/** What Discord posts when a poll has ended ("Poll Result Embed Fields"). */
export function pollResult(embed: Json): string {
	const fields = new Map(asObjects(embed['fields']).map((field) => [asText(field['name']), oneLine(asText(field['value']))]));
	const fieldOf = (name: string) => fields.get(name) ?? '';
	const winner = `${fieldOf('victor_answer_emoji_name')} ${fieldOf('victor_answer_text')}`.trim();
	const outcome = winner === '' ? 'no single winner' : `most voted: ${winner} (${countOf(Number(fieldOf('victor_answer_votes')))})`;
	return lines([
		`${named('poll, closed')} ${fieldOf('poll_question_text')}`,
		`${outcome}, ${countOf(Number(fieldOf('total_votes')))} in all`,
	]);
}

function stateOf(poll: Json): string {
	const isClosed = asObject(poll['results'])['is_finalized'] === true;
	const expiry = asTime(poll['expiry']);
	const until = expiry === null ? 'open' : `open until ${expiry}`;
	return `${isClosed ? 'closed' : until}${poll['allow_multiselect'] === true ? ', several answers allowed' : ''}`;
}

/** Null where Discord does not tell of votes; what nobody voted for is missing in its list. */
function readVotes(poll: Json): ReadonlyMap<number, number> | null {
	if (typeof poll['results'] !== 'object' || poll['results'] === null) return null;
	const counts = asObjects(asObject(poll['results'])['answer_counts']);
	return new Map(counts.map(({ id, count }) => [asNumber(id), asNumber(count)]));
}

function countOf(votes: number): string {
	return votes === 1 ? '1 vote' : `${votes} votes`;
}

/** Emoji and text of a question or an answer, on one line. */
function mediaText(media: unknown): string {
	const { text, emoji } = asObject(media);
	const { id, name } = asObject(emoji);
	const shown = typeof id === 'string' ? `:${asText(name)}:` : asText(name);
	return oneLine(`${shown} ${asText(text)}`);
}

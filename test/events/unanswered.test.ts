import { expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createUnanswered } from '#src/events/unanswered.ts';
import { english } from '#src/locales/english.ts';
import type { ChatEvent } from '#src/platform/chat-event.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { messageEvent } from '../inbox/message-event.ts';

const error = new BotError('INTERNAL', 'something broke');
const question: ChatEvent = messageEvent('q');
const { platform, tenantId, occurredAt, place, author } = messageEvent('q');

it('whoever asked is told in the end, and them alone', async () => {
	const { unanswered, slack, noted } = open();
	await unanswered(question, error, true);
	expect(slack.privately).toEqual([{ accountId: 'U1', text: english.failure.unanswered }]);
	expect(noted).toEqual(['failed true']);
});

it.each<[string, ChatEvent, boolean]>([
	['while it is tried again', question, false],
	['who asked nothing', { type: 'direct-opened', key: 'k', platform, tenantId, occurredAt, place, actor: author }, true],
	['who has their account elsewhere', { ...messageEvent('q'), author: { ...author, platform: 'teams' } }, true],
	['on a platform that is not there any more', { ...messageEvent('q'), platform: 'discord' }, true],
])('nobody is told %s', async (_name, event, isLast) => {
	const { unanswered, slack, noted } = open();
	await unanswered(event, error, isLast);
	expect(slack.privately).toEqual([]);
	expect(noted).toEqual([`failed ${isLast}`]);
});

it('that they could not be told is told', async () => {
	const { unanswered, slack, noted } = open();
	slack.sendPrivately = async () => Promise.reject(new BotError('PLATFORM_UNAVAILABLE', 'away', { retryable: true }));
	await unanswered(question, error, true);
	expect(noted).toEqual(['failed true', 'untold']);
});

function open() {
	const slack = createFakePlatform();
	const noted: string[] = [];
	const unanswered = createUnanswered({
		platforms: new Map([['slack', slack]]),
		language: 'en',
		observer: { failed: (_event, _error, isLast) => noted.push(`failed ${isLast}`), untold: () => noted.push('untold') },
	});
	return { unanswered, slack, noted };
}

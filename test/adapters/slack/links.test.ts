import { describe, expect, it } from 'vitest';
import { messageLink, readMessageLink } from '../../../adapters/slack/links.ts';

const own = { teamId: 'T1', url: 'https://ours.slack.com/' };
const base = { platform: 'slack', tenantId: 'T1' };

describe('a link to a message of Slack', () => {
	it.each([
		['https://ours.slack.com/archives/C0123ABCD/p1700000000123456', 'C0123ABCD', '1700000000.123456', '1700000000.123456', 'channel'],
		[
			'https://ours.slack.com/archives/C0123ABCD/p1700000000123456?thread_ts=1699999999.000100&cid=C0123ABCD',
			'C0123ABCD',
			'1700000000.123456',
			'1699999999.000100',
			'channel',
		],
		[
			'https://big.enterprise.slack.com/archives/G0123ABCD/p1700000000123456/',
			'G0123ABCD',
			'1700000000.123456',
			'1700000000.123456',
			'channel',
		],
		['https://ours.slack.com/archives/D0123ABCD/p1700000000123456', 'D0123ABCD', '1700000000.123456', '1700000000.123456', 'direct'],
		[
			'https://ours.slack.com/archives/C0123ABCD/p1700000000123456?thread_ts=<x>',
			'C0123ABCD',
			'1700000000.123456',
			'1700000000.123456',
			'channel',
		],
	])('is read: %s', (link, channelId, messageId, threadId, kind) => {
		expect(readMessageLink(link, own)).toEqual({ place: { ...base, channelId, threadId, kind }, messageId });
	});

	it.each([
		'https://ours.slack.com/archives/C0123ABCD',
		'https://ours.slack.com/archives/C0123ABCD/p123456',
		'https://ours.slack.com/archives/C0123ABCD/x1700000000123456',
		'http://ours.slack.com.evil.example/archives/C0123ABCD/p1700000000123456',
		'http://theirs.slack.com/archives/C0123ABCD/p1700000000123456',
		'https://slack.com.example/archives/C0123ABCD/p1700000000123456',
		'C0123ABCD/p1700000000123456',
	])('is none: %s', (link) => {
		expect(readMessageLink(link, own)).toBeNull();
		expect(readMessageLink(link, { teamId: 'T1' })).toBeNull();
	});
});

describe('the link to a message of Slack', () => {
	const place = { ...base, channelId: 'C0123ABCD', threadId: '1700000000.123456', kind: 'channel' } as const;

	it('names the thread of an answer', () => {
		const reference = { place, messageId: '1700000001.000100' };
		const link = 'https://ours.slack.com/archives/C0123ABCD/p1700000001000100?thread_ts=1700000000.123456&cid=C0123ABCD';
		expect(messageLink(reference, own)).toBe(link);
		expect(readMessageLink(link, own)).toEqual(reference);
	});

	it('names none for the message that began it, and is none before Slack has told where the workspace is', () => {
		const reference = { place, messageId: '1700000000.123456' };
		expect(messageLink(reference, own)).toBe('https://ours.slack.com/archives/C0123ABCD/p1700000000123456');
		expect(messageLink(reference, {})).toBeNull();
	});
});

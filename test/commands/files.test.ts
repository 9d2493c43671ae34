import { describe, expect, it } from 'vitest';
import { filesCommand } from '#src/commands/files.ts';
import type { ChannelFiles, ChannelIngestion } from '#src/knowledge/ingest/channel-files.ts';
import { english } from '#src/locales/english.ts';
import { administrator, employee, placeOfKind, runCommand } from './command-scene.ts';

const { files: words } = english;

/** A channel in which one file waits for the word of whoever gives the command. */
function setUp(person = administrator, place = placeOfKind('channel')) {
	const channel: { ingestion: ChannelIngestion; asked: number } = { ingestion: 'ask', asked: 1 };
	const settle = async () => channel.asked--;
	const files: ChannelFiles = {
		standing: async () => channel,
		decide: async (_place, ingestion) => void Object.assign(channel, { ingestion }),
		take: settle,
		leave: settle,
	};
	return (typed: string) => runCommand(filesCommand, typed, { services: { files }, person, place });
}

describe('the command files', () => {
	it('shows what holds here and what one was asked about', async () => {
		expect(await setUp()('')).toBe(`${words.here.ask}\n${words.askedAbout(1)}`);
		expect(await setUp(employee, placeOfKind('direct'))('show')).toContain(words.personalAlways);
	});

	it('takes what one was asked about, or leaves it alone', async () => {
		expect(await setUp(employee)('take')).toBe(words.taken(1));
		expect(await setUp(employee)('descartar')).toBe(words.left(1));
	});

	it('decides for a channel, for administrators alone', async () => {
		expect(await setUp()('off')).toContain(words.here.off);
		expect(await setUp(employee)('off')).toBe(words.administratorsDecide);
		expect(await setUp(administrator, placeOfKind('direct'))('off')).toBe(words.personalAlways);
	});
});

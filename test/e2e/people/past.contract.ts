/** What a channel held before files were read there, by both doors, on every platform. */

import { describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { takeFilesCallback } from '../../../adapters/slack/shortcuts.ts';
import { eventually } from '../eventually.ts';
import { queryDatabase } from '../observe.ts';
import type { Question } from '../platforms/stage.ts';
import { type Colleague, colleague, command, type Everywhere, platformNames, quiet } from './everywhere.ts';

const { files, app } = english;

/** Chooses the bot's entry in the menu of the message. @returns what they are told. */
async function offer({ slack: { slack }, discord: { discord } }: Everywhere, { stage, user }: Colleague, said: Question): Promise<string> {
	const where = { user, channel: said.room.id };
	if (stage.name === 'slack') {
		const { responses } = await slack.shortcut({ ...where, ts: said.messageId, callbackId: takeFilesCallback });
		return await eventually(() => responses[0]?.text);
	}
	const { answer } = await discord.messageCommand({ ...where, name: app.takeFiles, targetId: said.messageId });
	return await eventually(() => answer()?.content);
}

export function describePast(everywhere: () => Everywhere): void {
	describe.each(platformNames)('files from before on %s', (name) => {
		it('come in by the menu of their message and when a channel is looked through, each once', async () => {
			const company = everywhere();
			const stage = company[name];
			const room = stage.openRoom('channel');
			const boss = colleague(stage, room.asker, room);
			await command(boss, 'quota');
			await command(company.administrators[name], `admin grant ${boss.reference} admin`);
			await command(boss, 'channel ingest off');
			const share = (about: string) => {
				const content = Buffer.from(`The ${about} of ${name} is painted green.`);
				return stage.share({ room, text: `the ${about}`, files: [{ name: `${about}.txt`, mediaType: 'text/plain', content }] });
			};
			const gate = await share('gate');
			await share('fence');
			await quiet(company);
			const count = async (sql: string) => (await queryDatabase(company, `${sql} like '%of ${name} is painted green%'`)).length;
			const indexed = () => count('select id from chunks where content');
			expect(await indexed()).toBe(0);
			const isOffered = name !== 'teams';
			if (isOffered) expect(await offer(company, boss, gate)).toBe(files.taken(1));
			await command(boss, 'channel ingest on');
			expect(await command(boss, 'channel ingest backfill')).toBe(files.backfill.begun);
			const told = files.backfill.line.done({ found: 2, taken: isOffered ? 1 : 2, refused: 0 });
			const line = `select notice ->> 'messageId' as id from file_backfills where notice ->> 'text' = $1 and place ->> 'platform' = $2`;
			await eventually(async () => (await queryDatabase<{ id: string | null }>(company, line, [told, name]))[0]?.id);
			await eventually(async () => (await indexed()) === 2);
		});
	});
}

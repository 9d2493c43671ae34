/** Names, titles and words of files are words of people: whatever becomes of a file, none of them gets into a log. Read as in earnest, each in its cage. */

import { expect, it } from 'vitest';
import { BotError } from '#src/errors.ts';
import { createAttachedFiles } from '#src/knowledge/attached/read-attached.ts';
import type { Logger } from '#src/log.ts';
import { createFakePlatform } from '#test/fakes/chat-platform.ts';
import { createManualClock } from '#test/fakes/manual-clock.ts';
import { unpaced } from '#test/fakes/unpaced.ts';
import { newPlace } from '../conversation/conversation-fixture.ts';
import { carriers } from './carriers.ts';

const secret = 'Canary-1729';

it('tells a log nothing that stands in a file or in its name', async () => {
	const lines: string[] = [];
	const log = (...parts: unknown[]) =>
		void lines.push(JSON.stringify(parts, (_key, value) => (value instanceof Error ? `${value.message} ${value.stack}` : value)));
	const logger = { trace: log, debug: log, info: log, warn: log, error: log, fatal: log } as unknown as Logger;
	const contents: Record<string, Uint8Array | string | BotError> = {
		[`${secret}.html`]: carriers['html']?.['properties']?.(secret) ?? '',
		[`${secret} broken.docx`]: `PK\u0003\u0004${secret}`,
		[`${secret} broken.pdf`]: `%PDF-1.7 ${secret}`,
		[`${secret} gone.txt`]: new BotError('INTERNAL', 'the platform broke'),
	};
	const platform = createFakePlatform();
	platform.fetchFile = async function* ({ name }) {
		const content = contents[name];
		if (content === undefined || content instanceof BotError) throw content;
		yield Buffer.from(content);
	};
	const attached = createAttachedFiles({ pacers: unpaced, clock: createManualClock(), limits: { uploadBytes: () => 10_000 }, logger });
	const attachments = Object.keys(contents).map((name) => ({ id: name, name, mediaType: '', sizeBytes: null, source: name }));
	const person = { userId: 'ana', role: 'ccb_employee', limits: {} } as const;
	const files = await attached.read({ platform, place: newPlace(), person, attachments }, new AbortController().signal);
	expect(files.map(({ kind }) => kind)).toEqual(['text', 'unread', 'unread', 'unread']);
	expect(lines.length).toBeGreaterThan(0);
	expect(lines.join('\n')).not.toContain(secret);
});

/** Documents on three platforms that one program serves: shared, asked, cited, shown, and gone with their message. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from './eventually.ts';
import type { Installation } from './installation.ts';
import { queryDatabase } from './observe.ts';
import { type Everywhere, openEverywhere } from './people/everywhere.ts';
import { deadAreMissed, openCompany, restart } from './platforms/company.ts';
import { manual, prices, rules } from './platforms/shared-files.ts';
import { openSlackStage } from './platforms/slack-stage.ts';
import type { Answer, PlatformStage, Question } from './platforms/stage.ts';
import { leaks } from './promises.ts';

/** The emulated model then answers from what it is given, see `demo-answer.ts`. */
const environment = { OLLAMA_EMBEDDING_MODEL: 'demo-embed' };

describe('documents', () => {
	let company: Everywhere;
	beforeAll(async () => {
		company = await openEverywhere(environment);
	});
	afterAll(async () => {
		const secrets = company.stages.flatMap((stage) => stage.secrets());
		expect(leaks(company, ['horno', 'Baleares', 'vacaciones', ...secrets])).toEqual([]);
		await company.close();
	});

	it.each([
		['slack', 'channel'],
		['discord', 'channel'],
		// In channels of Teams bots get no files without Microsoft Graph.
		['teams', 'direct'],
	] as const)('on %s, shared in a %s, answer there and nowhere else, until their message goes', async (platform, kind) => {
		const stage: PlatformStage = company[platform];
		const room = kind === 'channel' ? stage.openClosedChannel() : stage.openRoom(kind);
		const shared = await stage.share({ room, text: 'Los papeles del taller', files: [manual, prices, rules] });
		await eventually(async () => (await indexed(company, shared)) === 3);
		if (kind === 'direct') {
			const isWhole = (text: string) =>
				[manual, prices, rules].every(({ name }) => new RegExp(`${name}.?: indexed: [12] passages?`).test(text));
			await eventually(() => linesAbout(stage, shared).some(({ text }) => isWhole(text)));
		} else {
			expect(linesAbout(stage, shared)).toEqual([]);
		}

		const fire = '¿Qué hago si suena la sirena?';
		const asked = await stage.ask({ room, text: fire });
		const answer = await answerTo(stage, asked);
		expect(answer.text).toContain(
			'Según el documento «manual.pdf»: «Si suena la sirena, cierra la llave del gas y sal por la puerta norte.»',
		);
		expect(stage.sources(answer)).toMatchObject([{ position: 1, title: 'manual.pdf', about: expect.stringMatching(/^page 2 · /) }]);
		const { told } = await stage.showPassage(answer, 1, asked.user);
		await eventually(() => told().some((words) => words.includes('manual.pdf') && words.includes('sal por la puerta norte')));
		if (kind === 'channel') expect(stage.answers(asked)).toHaveLength(1);

		const shipping = await stage.ask({ room, text: '¿Qué coste tiene el envío a Italia?', after: asked });
		const italy = await answerTo(stage, shipping);
		expect(italy.text).toContain('Destino: Italia | Coste: 45');
		expect(stage.sources(italy)).toMatchObject([{ title: 'tarifas.xlsx', about: expect.stringMatching(/^Envíos · /) }]);
		// Alone it says nothing of shipping.
		const followUp = await answerTo(stage, await stage.ask({ room, text: '¿Y a Baleares?', after: shipping }));
		expect(followUp.text).toContain('Destino: Baleares | Coste: 28');
		const leave = await answerTo(
			stage,
			await stage.ask({ room, text: '¿Con cuánta antelación se piden las vacaciones?', after: shipping }),
		);
		expect(stage.sources(leave)).toMatchObject([{ title: 'normas.docx', about: expect.stringMatching(/Vacaciones · /) }]);

		const elsewhere = await answerTo(stage, await stage.ask({ room: stage.openRoom(kind), text: fire }));
		expect(elsewhere.text).toContain(`Has preguntado: «${fire}»`);
		expect(stage.sources(elsewhere)).toEqual([]);

		await stage.remove(shared);
		await eventually(async () => (await indexed(company, shared)) === 0);
		const late = await answerTo(stage, await stage.ask({ room, text: fire }));
		expect(late.text).toContain(`Has preguntado: «${fire}»`);
		const again = await stage.showPassage(answer, 1, asked.user);
		await eventually(() => again.told().includes(english.sources.gone));
	});

	it.each(['slack', 'discord', 'teams'] as const)(
		'on %s, that the asker alone may read, are offered to them in private and shown to nobody else',
		async (platform) => {
			const stage: PlatformStage = company[platform];
			const room = stage.openRoom('channel');
			const [asker, colleague] = [room.asker, stage.colleagueIn(room)];
			const shared = await stage.share({ room: stage.chatOf(asker), text: 'Para mí', files: [manual] });
			await eventually(async () => (await indexed(company, shared)) === 1);
			const fire = '¿Qué hago si suena la sirena?';
			const answer = await answerTo(stage, await stage.ask({ room, text: fire }));
			expect(answer.text).toContain(`Has preguntado: «${fire}»`);
			expect(stage.sources(answer)).toEqual([]);
			const offered = english.documents.moreForYou(1);
			await eventually(() => stage.privateWords(room, asker).some((words) => words.includes(offered)));
			expect(stage.privateWords(room, colleague).join()).not.toContain('🔒');
			await stage.pressOffer(room, asker);
			await eventually(() => stage.privateWords(room, asker).some((words) => words.includes('sal por la puerta norte')));
			expect(stage.privateWords(room, colleague).join()).not.toContain('puerta');
			await stage.remove(shared);
		},
	);
});

it('a document that a process was fetching when it was killed is there once, and told of once, by the next', async () => {
	const stage = await openSlackStage();
	await using company = await openCompany(async () => stage, { environment: { ...environment, ...deadAreMissed } });
	stage.slack.fail({ method: 'file download', kind: 'hang' });
	const shared = await stage.share({ room: stage.openRoom('direct'), text: 'El manual', files: [manual] });
	await eventually(() => stage.slack.callsTo('file download').length === 1);
	await company.program.kill();
	expect(await indexed(company, shared)).toBe(0);
	await restart(company);
	const line = await eventually(() => linesAbout(stage, shared).find(({ text }) => text.includes(english.files.indexed(2))));
	expect(linesAbout(stage, shared)).toEqual([line]);
	expect(await queryDatabase(company, 'select status, chunk_count as chunks from documents')).toEqual([{ status: 'ready', chunks: 2 }]);
	const answer = await answerTo(stage, await stage.ask({ room: shared.room, text: '¿Qué hago si suena la sirena?' }));
	expect(stage.sources(answer)).toMatchObject([{ title: 'manual.pdf' }]);
});

/** How many files of the message can be found. */
async function indexed(installation: Installation, { messageId }: Question): Promise<number> {
	const select = `select placement.id from document_placements as placement join documents as document on document.id = placement.document_id
		where placement.message_id = $1 and document.status = 'ready'`;
	return (await queryDatabase(installation, select, [messageId])).length;
}

/** Where the bot tells how far a file is. */
function linesAbout(stage: PlatformStage, shared: Question): Answer[] {
	return stage.answers(shared).filter(({ text }) => text.includes('📎') && text.includes(manual.name));
}

/** What the model said, whole. */
async function answerTo(stage: PlatformStage, question: Question): Promise<Answer> {
	const isOfModel = ({ text, isOpen }: Answer) => !isOpen && /Según el documento|Has preguntado/.test(text);
	return await eventually(() => stage.answers(question).find(isOfModel));
}

/** The company takes another model for vectors while the program runs. */

import { expect, it } from 'vitest';
import { english } from '#src/locales/english.ts';
import { eventually } from './eventually.ts';
import { command, employee } from './people/everywhere.ts';
import { openCompany } from './platforms/company.ts';
import { openSlackStage } from './platforms/slack-stage.ts';

const { vectors } = english.administration;

interface EmbedBody {
	model: string;
	input: string[];
}

it('another model for vectors is taken while the program runs, and questions are compared with its own from then on', async () => {
	const environment = { OLLAMA_EMBEDDING_MODEL: 'demo-embed' };
	await using company = await openCompany(openSlackStage, { database: 'embedded', start: false, environment });
	const { stage, ollama } = company;
	const admin = employee(stage);
	company.environment['OPENCCB_ADMINS'] = admin.reference;
	ollama.addModel({ name: 'other-embed:latest', capabilities: ['embedding'], embeddingLength: 96 });
	await company.start();
	const standing = () => command(admin, 'admin models embed');
	const embeds = () => ollama.requests.filter(({ path }) => path === '/api/embed').map(({ body }) => body as EmbedBody);
	const searchedWith = async (model: string) => {
		// The last of the questions about nothing, before the switch.
		await eventually(() => embeds().some((body) => body.model === model && body.input.some((text) => text.includes('Romeo'))));
		await eventually(async () => {
			const told = await standing();
			return told.includes(vectors.progress(model, 1, 1)) && !told.includes(vectors.beingMade);
		});
	};
	const name = 'taller.txt';
	const content = 'Si suena la sirena, cierra la llave del gas y sal por la puerta norte.';
	await stage.share({
		room: admin.chat,
		text: 'Los papeles del taller',
		files: [{ name, mediaType: 'text/plain', content: Buffer.from(content) }],
	});
	await searchedWith('demo-embed:latest');

	expect(await command(admin, 'admin models embed nowhere')).toBe(vectors.refused.missing('nowhere'));
	expect(await command(admin, 'admin models embed other-embed')).toBe(vectors.done.begun('other-embed'));
	await searchedWith('other-embed:latest');
	expect(await standing()).toContain(vectors.byAdministrator('other-embed:latest', 'demo-embed'));

	const asked = await stage.ask({ room: admin.chat, text: '¿Qué hago si suena la sirena?' });
	const answer = await eventually(() => stage.answers(asked).find(({ text, isOpen }) => !isOpen && text.includes(name)));
	expect(answer.text).toContain('sal por la puerta norte');
	expect(embeds().at(-1)?.model).toBe('other-embed:latest');
});

/** Teams' outbound half over a recording connector, and what Teams shows of each activity. */

import { teamsCapabilities } from '../../../adapters/teams/capabilities.ts';
import { renderBlock, toWireText } from '../../../adapters/teams/format.ts';
import { createOutbound } from '../../../adapters/teams/outbound.ts';
import type { RecordedPlatform } from './platform.ts';
import { asJson, asList, type Json, mainTextOf, type Shown, type Surface, textOf } from './surface.ts';

export function createRecordedTeams(): RecordedPlatform {
	let shown: Shown[] = [];
	let messages = 0;
	const record = (activity: Json, moment: string) => void shown.push({ moment, surfaces: surfacesOf(activity) });
	const connector = {
		async call(_place: unknown, { operation, body }: { operation: string; body?: Json }) {
			if (body !== undefined) record(body, operation);
			return {};
		},
		async post(_place: unknown, activity: Json) {
			record(activity, textOf(activity['type']) === 'typing' ? 'stream' : 'post');
			return String(messages++);
		},
		pathOf: () => '',
	};
	const clock = { now: () => 0, wait: async () => {} };
	return {
		name: 'teams',
		capabilities: teamsCapabilities,
		place: { platform: 'teams', tenantId: 'T1', channelId: 'C1', threadId: '', kind: 'direct', route: 'https://smba.test/' },
		renderBlock,
		outbound: createOutbound({ connector, findMember: async () => null, clock }),
		toSent: toWireText,
		lastText: () => mainTextOf(shown.at(-1)?.surfaces ?? []),
		take() {
			const taken = shown;
			shown = [];
			return taken;
		},
	};
}

function surfacesOf(activity: Json): Surface[] {
	const text = textOf(activity['text']);
	const cards = asList(activity['attachments']).flatMap((attachment) => surfacesOfElement(asJson(asJson(attachment)['content'])));
	const citations = asList(activity['entities']).flatMap((entity) => asList(asJson(entity)['citation']).flatMap(surfacesOfCitation));
	return [...(text === '' ? [] : [{ kind: 'teams-text', text } as const]), ...cards, ...citations];
}

function surfacesOfCitation(claim: unknown): Surface[] {
	const { name, abstract, keywords, url } = asJson(asJson(claim)['appearance']);
	const texts = [textOf(name), textOf(abstract), ...asList(keywords).map(textOf)].filter((text) => text !== '');
	return [
		...texts.map((text) => ({ kind: 'plain', text }) as const),
		...(textOf(url) === '' ? [] : [{ kind: 'address', text: textOf(url) } as const]),
	];
}

/** Everything that holds further elements, by the names of "Adaptive Cards" 1.5. */
const lists = ['body', 'items', 'columns', 'rows', 'cells'];

function surfacesOfElement(element: Json): Surface[] {
	const inner = lists.flatMap((name) => asList(element[name]).flatMap((one) => surfacesOfElement(asJson(one))));
	switch (element['type']) {
		case 'TextBlock':
			return [{ kind: 'card-text', text: textOf(element['text']) }];
		case 'CodeBlock':
			return [{ kind: 'plain', text: textOf(element['codeSnippet']), isCode: true }];
		case 'RichTextBlock':
			return asList(element['inlines']).map((run) => ({ kind: 'plain', text: textOf(asJson(run)['text']) }));
		case 'FactSet':
			return asList(element['facts'])
				.map(asJson)
				.flatMap(({ title, value }) => [title, value].map((text) => ({ kind: 'card-text', text: textOf(text) }) as const));
		case 'Input.ChoiceSet':
			return asList(element['choices']).map((choice) => ({ kind: 'plain', text: textOf(asJson(choice)['title']) }));
		case 'AdaptiveCard':
		case 'Container':
		case 'Table':
		case 'TableRow':
		case 'TableCell':
			return inner;
		// The columns of a table have widths only.
		case undefined:
			return [];
		default:
			throw new Error(`an element that nobody reads: ${String(element['type'])}`);
	}
}

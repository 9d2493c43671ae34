/** Slack's outbound half over a recording call, and what Slack shows of each body. */

import { slackCapabilities } from '../../../adapters/slack/capabilities.ts';
import { renderBlock, toSlackMessage } from '../../../adapters/slack/format.ts';
import { createOutbound } from '../../../adapters/slack/outbound.ts';
import type { RecordedPlatform } from './platform.ts';
import { asJson, asList, type Json, mainTextOf, type Shown, type Surface, textOf } from './surface.ts';

export function createRecordedSlack(): RecordedPlatform {
	let shown: Shown[] = [];
	let messages = 0;
	const streams = new Map<string, string>();

	function record(method: string, body: Json): { ok: boolean; ts: string } {
		const ts = method === 'chat.postMessage' || method === 'chat.startStream' ? `1700000000.${messages++}` : textOf(body['ts']);
		if (/Stream$/.test(method)) {
			const text = (streams.get(ts) ?? '') + textOf(body['markdown_text']);
			streams.set(ts, text);
			shown.push({ moment: method, surfaces: [{ kind: 'slack-markdown', text }, ...surfacesOf(body)] });
			if (method === 'chat.stopStream') streams.delete(ts);
		} else if (method.startsWith('chat.')) shown.push({ moment: method, surfaces: surfacesOf(body) });
		return { ok: true, ts };
	}

	return {
		name: 'slack',
		capabilities: slackCapabilities,
		place: { platform: 'slack', tenantId: 'T1', channelId: 'D1', threadId: '1.0', kind: 'direct' },
		renderBlock,
		outbound: createOutbound(async (method, parameters) => record(method, asJson(parameters)), { sessions: false }),
		toSent: (text) => mainTextOf(surfacesOf(asJson({ ...toSlackMessage({ text, buttons: [] }) }))),
		lastText: () => mainTextOf(shown.at(-1)?.surfaces ?? []),
		take() {
			const taken = shown;
			shown = [];
			return taken;
		},
	};
}

function surfacesOf(body: Json): Surface[] {
	const fallback = textOf(body['text']);
	const blocks = asList(body['blocks']).flatMap((block) => surfacesOfBlock(asJson(block)));
	return fallback === '' ? blocks : [{ kind: 'slack-mrkdwn', text: fallback }, ...blocks];
}

function surfacesOfBlock(block: Json): Surface[] {
	const text = textOf(block['text']) || textOf(asJson(block['text'])['text']);
	switch (block['type']) {
		case 'markdown':
			return [{ kind: 'slack-markdown', text }];
		case 'mrkdwn':
			return [{ kind: 'slack-mrkdwn', text }];
		case 'section':
			return [
				...(text === '' ? [] : [{ kind: 'slack-mrkdwn', text } as const]),
				...asList(block['fields']).flatMap((field) => surfacesOfBlock(asJson(field))),
			];
		case 'static_select':
			return asList(block['options']).flatMap((option) => surfacesOfBlock({ ...asJson(option), type: 'button' }));
		// Nothing in it is read.
		case 'rich_text':
			return [];
		case 'plain_text':
		case 'button':
			return [{ kind: 'plain', text }];
		case 'context':
		case 'actions':
			return asList(block['elements']).flatMap((element) => surfacesOfBlock(asJson(element)));
		// Thumbs: our own words.
		case 'context_actions':
			return [];
		default:
			throw new Error(`a block that nobody reads: ${String(block['type'])}`);
	}
}

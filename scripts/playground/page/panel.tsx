/** The panel at the right edge: which model answers, how fast replies were, which calls the bot made, and what one can let happen. */

import type { About, Call, Place, ReplyLag } from '../wire.ts';
import { BotChip, ModelChip, whyThisModel } from './chips.tsx';
import { Icon } from './icons.tsx';
import { BreakIt, LetHappen } from './panel-actions.tsx';
import { Rights } from './rights.tsx';
import { aboutOf, durationText, firstWord, nameOf, platformNames, titleOf } from './selectors.ts';
import { useStage } from './stage.ts';

/** As many calls as one looks through; the server keeps more. */
const shownCalls = 40;
const shownReplies = 6;

interface PanelProps {
	/** Where the person is, on each platform. */
	places: readonly Place[];
	onClose(): void;
}

export function Panel({ places, onClose }: PanelProps) {
	const { view, words } = useStage();
	const about = aboutOf(view);
	if (about === null) return null;
	return (
		<aside class="panel" aria-label={words.panelTitle}>
			<header class="panel-head">
				<h2>{words.panelTitle}</h2>
				<button type="button" class="icon-button" aria-label={words.hidePanel} onClick={onClose}>
					<Icon name="close" />
				</button>
			</header>
			<div class="panel-content">
				<State about={about} />
				<BreakIt about={about} />
				<LetHappen places={places} />
				<section>
					<h3>{words.rightsTitle}</h3>
					<Rights />
				</section>
				<Lags replies={Object.values(view.replies)} />
				<Calls about={about} calls={Object.values(view.calls)} />
				<section>
					<h3>{words.links}</h3>
					<p class="links">
						{['/readyz', '/healthz', '/metrics'].map((path) => (
							<a key={path} href={path} target="_blank" rel="noreferrer">
								{path}
							</a>
						))}
					</p>
				</section>
			</div>
		</aside>
	);
}

function State({ about }: { about: About }) {
	const { words } = useStage();
	return (
		<section>
			<p class="chips">
				<BotChip about={about} />
				<ModelChip about={about} />
			</p>
			<p class="why">{whyThisModel(about, words)}</p>
			<p class="why">
				{about.bot.pid !== null && `pid ${about.bot.pid}`}
				{about.bot.restarts > 0 && ` · ${words.restarts(about.bot.restarts)}`}
			</p>
		</section>
	);
}

function Lags({ replies }: { replies: ReplyLag[] }) {
	const { words } = useStage();
	const newest = replies.sort((left, right) => right.atMs - left.atMs).slice(0, shownReplies);
	return (
		<section>
			<h3>{words.lags}</h3>
			{newest.length === 0 && <p class="why">{words.noReplies}</p>}
			{newest.map((reply) => (
				<Lag key={`${reply.platform}/${reply.placeId}/${reply.questionId}`} reply={reply} />
			))}
		</section>
	);
}

function Lag({ reply }: { reply: ReplyLag }) {
	const { view, words } = useStage();
	const place = view.places[`${reply.platform}/${reply.placeId}`];
	const title = place === undefined ? '' : place.kind === 'direct' ? titleOf(place) : `#${place.name}`;
	return (
		<div class="lag" data-platform={reply.platform}>
			<p>
				<strong>{platformNames[reply.platform]}</strong>
				{` · ${title} · ${firstWord(nameOf(view, reply.askerId))}`}
				<span>{words.edits(reply.edits)}</span>
			</p>
			<dl>
				<Time label={words.sign} valueMs={reply.signMs} />
				<Time label={words.firstText} valueMs={reply.firstTextMs} />
				<Time label={words.whole} valueMs={reply.finalMs} />
			</dl>
		</div>
	);
}

function Time({ label, valueMs }: { label: string; valueMs: number | null }) {
	return (
		<div>
			<dt>{label}</dt>
			<dd>{durationText(valueMs)}</dd>
		</div>
	);
}

function Calls({ about, calls }: { about: About; calls: Call[] }) {
	const { words } = useStage();
	const newest = calls.sort((left, right) => right.atMs - left.atMs).slice(0, shownCalls);
	return (
		<section>
			<h3>
				{words.calls(about.callCount)}
				<span class={`counter ${about.rateLimitedCount > 0 ? 'counter-bad' : ''}`}>{words.rateLimited(about.rateLimitedCount)}</span>
			</h3>
			<table class="calls">
				<thead>
					<tr>
						<th>{words.method}</th>
						<th>{words.status}</th>
						<th>{words.took}</th>
					</tr>
				</thead>
				<tbody>
					{newest.map((call) => (
						<tr key={`${call.platform}/${call.order}`} class={call.error === null ? '' : 'failed'}>
							<td title={`${platformNames[call.platform]}: ${call.method}`}>
								<i class="dot" data-platform={call.platform} />
								{call.method}
							</td>
							<td title={call.error ?? undefined}>{statusText(call)}</td>
							<td>{durationText(call.tookMs)}</td>
						</tr>
					))}
				</tbody>
			</table>
		</section>
	);
}

/** Slack answers most refusals with 200 and a word: then the word says more. */
function statusText({ status, error }: Call): string {
	if (status === 0) return '…';
	return error !== null && status < 400 ? error : String(status);
}

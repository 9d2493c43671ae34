/** The panel at the right edge: which model answers, how fast replies were, which calls the bot made, and ways to break it. */

import type { About, Call, ReplyLag } from '../wire.ts';
import { Icon, type IconName } from './icons.tsx';
import { aboutOf, nameOf, titleOf } from './selectors.ts';
import { useStage } from './stage.ts';

/** As many calls as one looks through; the server keeps more. */
const shownCalls = 40;
const shownReplies = 6;

export function Panel({ onClose }: { onClose: () => void }) {
	const { view, words } = useStage();
	const about = aboutOf(view);
	if (about === null) return null;
	return (
		<aside class="panel" aria-label={words.panelTitle}>
			<header class="side-head">
				<h2>{words.panelTitle}</h2>
				<button type="button" class="icon-button" aria-label={words.hidePanel} onClick={onClose}>
					<Icon name="close" />
				</button>
			</header>
			<div class="panel-content">
				<State about={about} />
				<BreakIt about={about} />
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

/** Which model answers, in a few words: also shown in the head of the conversation. */
export function ModelChip({ about }: { about: About }) {
	const { words } = useStage();
	const { kind, model, triedUrl, isStopped } = about.model;
	const why = kind === 'real' ? words.modelRealWhy(triedUrl) : words.modelEmulatedWhy(triedUrl);
	const label = isStopped ? words.modelStopped : kind === 'real' ? words.modelReal(model) : words.modelEmulated;
	return (
		<span class={`chip ${isStopped ? 'chip-bad' : kind === 'real' ? 'chip-good' : 'chip-sample'}`} title={why}>
			{label}
		</span>
	);
}

export function BotChip({ about }: { about: About }) {
	const { words } = useStage();
	const { phase } = about.bot;
	const label = { starting: words.botStarting, running: words.botRunning, stopped: words.botStopped }[phase];
	return (
		<span class={`chip ${phase === 'running' ? 'chip-good' : 'chip-bad'}`} role="status">
			{label}
		</span>
	);
}

function State({ about }: { about: About }) {
	const { words } = useStage();
	const { kind, triedUrl } = about.model;
	return (
		<section>
			<p class="chips">
				<BotChip about={about} />
				<ModelChip about={about} />
			</p>
			<p class="why">{kind === 'real' ? words.modelRealWhy(triedUrl) : words.modelEmulatedWhy(triedUrl)}</p>
			<p class="why">
				{about.bot.pid !== null && `pid ${about.bot.pid}`}
				{about.bot.restarts > 0 && ` · ${words.restarts(about.bot.restarts)}`}
			</p>
		</section>
	);
}

function BreakIt({ about }: { about: About }) {
	const { words, run } = useStage();
	const { kind, isStopped } = about.model;
	const { phase } = about.bot;
	return (
		<section>
			<h3>{words.tryToBreakIt}</h3>
			<Breaker
				icon="plug"
				label={phase === 'stopped' ? words.startBot : words.pullPlug}
				why={words.pullPlugWhy}
				isDisabled={phase === 'starting'}
				onClick={() => run('pull-plug', {})}
			/>
			<Breaker
				icon="busy"
				label={words.slackBusy}
				why={words.slackBusyWhy}
				isDisabled={false}
				onClick={() => run('refuse-next-call', {})}
			/>
			{kind === 'emulated' && (
				<Breaker
					icon="power"
					label={isStopped ? words.modelOn : words.modelOff}
					why={words.modelOffWhy}
					isDisabled={false}
					onClick={() => run('switch-model', { isOn: isStopped })}
				/>
			)}
		</section>
	);
}

interface BreakerProps {
	icon: IconName;
	label: string;
	why: string;
	isDisabled: boolean;
	onClick: () => void;
}

function Breaker({ icon, label, why, isDisabled, onClick }: BreakerProps) {
	return (
		<div class="breaker">
			<button type="button" disabled={isDisabled} onClick={onClick}>
				<Icon name={icon} />
				{label}
			</button>
			<p class="why">{why}</p>
		</div>
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
				<Lag key={`${reply.channelId}/${reply.askedTs}`} reply={reply} />
			))}
		</section>
	);
}

function Lag({ reply }: { reply: ReplyLag }) {
	const { view, words } = useStage();
	const channel = view.channels[reply.channelId];
	const place = channel === undefined ? '' : channel.otherId === null ? ` · #${channel.name}` : ` · ${titleOf(view, channel)}`;
	return (
		<div class="lag">
			<p>
				<strong>{nameOf(view, reply.askerId)}</strong>
				{place}
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
	const newest = calls.sort((left, right) => right.order - left.order).slice(0, shownCalls);
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
						<tr key={call.order} class={call.error === null ? '' : 'failed'}>
							<td>{call.method}</td>
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

/** `85 ms`, `1.2 s`; a dash where there is nothing yet. */
function durationText(valueMs: number | null): string {
	if (valueMs === null) return '–';
	return valueMs < 999.5 ? `${Math.round(valueMs)} ms` : `${(valueMs / 1000).toFixed(1)} s`;
}

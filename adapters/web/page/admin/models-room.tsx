/** What the model hosts have, what is being installed there, and who may use which model. */

import { useEffect, useState } from 'preact/hooks';
import type { ModelStandingView, PullView } from '#src/api/contract/operating.ts';
import { usePage } from '../parts/page-context.ts';
import { useRead } from '../parts/use-read.ts';
import { useAdminWords } from './admin-words.ts';
import { gigabytes } from './model-size.ts';
import { Outcome } from './order-room.tsx';
import { RoleModels } from './role-models.tsx';
import { useOrder } from './use-order.ts';

/** Often enough to see a download grow; the hosts are asked each time. */
const lookEveryMs = { pulling: 2_000, quiet: 10_000 };

type Host = ModelStandingView['hosts'][number];
type Installed = NonNullable<Host['models']>[number];

export function ModelsRoom() {
	const { chat } = usePage();
	const words = useAdminWords();
	const { value: standing, problem, again } = useRead(chat.api.readModels);
	const { result, isBusy, give } = useOrder();
	const isPulling = (standing?.running.length ?? 0) > 0;
	useEffect(() => {
		const timer = setInterval(() => !document.hidden && again(), isPulling ? lookEveryMs.pulling : lookEveryMs.quiet);
		return () => clearInterval(timer);
	}, [isPulling]);
	if (standing === null) return <p role="status">{problem ?? words.loading}</p>;
	const order = async (text: string) => {
		await give(text);
		again();
	};
	return (
		<>
			<p class="hint">{words.models.about}</p>
			{problem !== null && <p role="status">{problem}</p>}
			<Outcome result={result} />
			{standing.hosts.map((host) => (
				<HostModels key={host.host} host={host} {...{ standing, isBusy }} onUnload={(name) => void order(`admin models unload ${name}`)} />
			))}
			<Pulls standing={standing} />
			{standing.mayPull ? (
				<PullForm isBusy={isBusy} onPull={(name) => void order(`admin models pull ${name}`)} />
			) : (
				<p class="hint">{words.models.pullOff}</p>
			)}
			<RoleModels standing={standing} onSaved={again} />
		</>
	);
}

interface HostProps {
	host: Host;
	standing: ModelStandingView;
	isBusy: boolean;
	onUnload(name: string): void;
}

function HostModels({ host: { host, models, reason }, standing, isBusy, onUnload }: HostProps) {
	const { language } = usePage();
	const { models: words } = useAdminWords();
	const size = (bytes: number) => gigabytes(bytes, language);
	const loaded = (models ?? []).flatMap((model) => (model.loaded === null ? [] : [model.loaded]));
	const sum = (of: (one: (typeof loaded)[number]) => number) => size(loaded.reduce((total, one) => total + of(one), 0));
	return (
		<section class="model-host">
			<h2 class="long-name">{host}</h2>
			{models === null && <p class="trouble-mark">{words.away(reason ?? '')}</p>}
			{models?.length === 0 && <p class="hint">{words.none}</p>}
			{models !== null && models.length > 0 && (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
				<section class="grid-frame" tabIndex={0} aria-label={host}>
					<table>
						<thead>
							<tr>
								{Object.entries(words.columns).map(([name, label]) => (
									<th key={name} scope="col">
										{label}
									</th>
								))}
							</tr>
						</thead>
						<tbody>
							{models.map((model) => (
								<ModelRow key={model.name} {...{ model, standing, isBusy, onUnload }} />
							))}
						</tbody>
					</table>
				</section>
			)}
			{loaded.length > 0 && (
				<p class="hint">
					{words.total(
						sum(({ bytes }) => bytes),
						sum(({ videoBytes }) => videoBytes),
					)}
				</p>
			)}
		</section>
	);
}

function ModelRow({ model: { name, sizeBytes, loaded }, standing, isBusy, onUnload }: Omit<HostProps, 'host'> & { model: Installed }) {
	const { language } = usePage();
	const { models: words } = useAdminWords();
	const is = (other: string) => other.replace(/:latest$/, '') === name.replace(/:latest$/, '');
	const use = is(standing.standard) ? words.standard : standing.offered.some(is) ? words.offered : words.notOffered;
	return (
		<tr>
			<th scope="row" class="long-name">
				{name}
				<div class="hint">{use}</div>
			</th>
			<td>{gigabytes(sizeBytes, language)}</td>
			<td>
				{loaded === null ? words.notLoaded : words.loaded(gigabytes(loaded.bytes, language), gigabytes(loaded.videoBytes, language))}
				{loaded !== null && loaded.contextTokens !== null && (
					<div class="hint">{words.context(loaded.contextTokens.toLocaleString(language))}</div>
				)}
			</td>
			<td class="person-actions">
				{loaded !== null && (
					<button type="button" disabled={isBusy} aria-label={words.unloadOf(name)} onClick={() => onUnload(name)}>
						{words.unload}
					</button>
				)}
			</td>
		</tr>
	);
}

function Pulls({ standing: { running, lastEnded } }: { standing: ModelStandingView }) {
	const { models: words } = useAdminWords();
	return (
		<>
			{running.length > 0 && (
				<section class="model-host">
					<h2>{words.pulling}</h2>
					<ul class="pulls">
						{running.map((pull) => (
							<PullRow key={`${pull.model} ${pull.host}`} pull={pull} />
						))}
					</ul>
				</section>
			)}
			{lastEnded !== null && (
				<p role="status">{lastEnded.reason === null ? words.ended(lastEnded.model) : words.failed(lastEnded.model, lastEnded.reason)}</p>
			)}
		</>
	);
}

function PullRow({ pull: { model, state, host, step, bytes, code } }: { pull: PullView }) {
	const { models: words } = useAdminWords();
	const share = bytes === null ? null : bytes.done / Math.max(bytes.total, 1);
	const where = [host, step].filter((part) => part !== null).join(': ');
	const said = state === 'running' || code === null ? where || words.waits : words.waitsAgain(code);
	return (
		<li>
			<span class="long-name">{model}</span>
			<span>
				{share === null ? '' : `${Math.floor(share * 100)} % · `}
				{said}
			</span>
			{share === null ? <progress aria-label={words.progressOf(model)} /> : <progress aria-label={words.progressOf(model)} value={share} />}
		</li>
	);
}

function PullForm({ isBusy, onPull }: { isBusy: boolean; onPull(name: string): void }) {
	const { models: words } = useAdminWords();
	const [name, setName] = useState('');
	const submit = (event: Event) => {
		event.preventDefault();
		if (isBusy) return;
		onPull(name.trim());
		setName('');
	};
	return (
		<form class="order-form" aria-label={words.pull} onSubmit={submit}>
			<h2>{words.pull}</h2>
			<div class="order-fields">
				<p>
					<label for="pull-name">{words.pullName}</label>
					<input
						id="pull-name"
						type="text"
						required
						maxLength={200}
						pattern="\s*[\w.:\/@\-]+\s*"
						autocomplete="off"
						spellcheck={false}
						value={name}
						onInput={(event) => setName(event.currentTarget.value)}
					/>
				</p>
				<button type="submit" class="primary" disabled={isBusy}>
					{words.pullButton}
				</button>
			</div>
		</form>
	);
}

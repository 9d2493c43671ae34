/** What administrators are told of models, of use, and of what is wrong, in English. Names come in as text, sizes in bytes, times in milliseconds. */

const count = (value: number) => value.toLocaleString('en');
const gigabytes = (bytes: number) => `${(bytes / 1e9).toLocaleString('en', { maximumFractionDigits: 1 })} GB`;

export const operating = {
	models: {
		none: 'No model is installed there.',
		away: (reason: string) => `does not say what it has (${reason})`,
		installed: (sizeBytes: number, loaded: { gpuShare: number; contextTokens: number | null } | null) => {
			if (loaded === null) return gigabytes(sizeBytes);
			const share = `${Math.round(loaded.gpuShare * 100)} % on the graphics card`;
			const context = loaded.contextTokens === null ? '' : `, context ${count(loaded.contextTokens)}`;
			return `${gigabytes(sizeBytes)}, in memory, ${share}${context}`;
		},
		pulling: (model: string) =>
			`I am installing ${model} on the model hosts. A message in your personal chat says how far it is; “models” shows what is there.`,
		joined: (model: string) => `${model} is being installed already. I tell you too when it is there.`,
		progress: (model: string, host: string, step: string, share: number | null) =>
			`⏳ ${model} on ${host}: ${step}${share === null ? '' : `, ${Math.floor(share * 100)} %`}`,
		pulled: (model: string, hosts: string) =>
			`✅ ${model} is installed on ${hosts}. People can use it once OLLAMA_MODEL or OLLAMA_MODELS names it.`,
		failed: (model: string, reason: string) =>
			`⚠️ ${model} could not be installed (${reason}). What was fetched stays on the host; “models pull” goes on from there.`,
		unloaded: (model: string, hosts: string) => `${model} is out of the memory of ${hosts}. The next question brings it back.`,
		standard: {
			chosen: (model: string) => `Where nobody chose another model, ${model} answers: an administrator chose it.`,
			ofSettings: (model: string) => `Where nobody chose another model, ${model} answers, as the settings say (OLLAMA_MODEL).`,
			lost: 'An administrator chose another one that the settings do not name any more.',
			others: '“models default NAME” takes another one of OLLAMA_MODELS, “models default -” goes back to OLLAMA_MODEL.',
			now: (model: string) =>
				`Where nobody chose another model, ${model} answers from now on. Who may not use it is answered by one of theirs.`,
			back: (model: string) => `Where nobody chose another model, ${model} answers again, as the settings say.`,
			refused: {
				unknown: (model: string, configured: string) =>
					`No setting names ${model}: people can use ${configured}. Add it to OLLAMA_MODELS and start me again.`,
				missing: (model: string, _configured: string) => `No model host that answers has ${model}: “models pull ${model}” installs it.`,
				unfit: (model: string, _configured: string) => `${model} writes no answers: choose a model that does.`,
			},
		},
		refused: {
			off: 'Installing models from the chat is switched off in this installation (OLLAMA_PULL).',
			cloud: (model: string) => `${model} runs in Ollama’s cloud, and nothing here leaves the company: I do not install it.`,
			notLoaded: (model: string) => `${model} is in no host’s memory.`,
			inChatAlone: 'What talks to the model hosts is part of the running program: give this order in the chat.',
		},
	},
	usage: {
		heading: (days: number, by: string) => `${days === 1 ? 'The last day' : `The last ${days} days`}, ${by}:`,
		by: { person: 'by person', model: 'by model', platform: 'by platform', day: 'by day' },
		columns: { name: 'of whom', answers: 'answers', tokens: 'tokens used', share: 'share' },
		none: 'Nobody asked me anything in that time.',
	},
	health: {
		fine: '✅ Every part works.',
		state: { up: 'works', degraded: 'works, but not as it should', down: 'does not work', starting: 'is starting' },
		/** As it is said in the log and by `/readyz`. */
		reason: (reason: string) => reason,
		part: (state: string, reason: string | undefined) => (reason === undefined ? state : `${state}: ${reason}`),
		failedJobs: (jobs: number) => `${jobs === 1 ? '1 job' : `${jobs} jobs`} failed for good: “jobs” shows them.`,
		inChatAlone: 'What is wrong with the running program it says itself: give this order in the chat, or look at /readyz.',
	},
	found: {
		nothing: (wanted: string) => `Nothing of the newest entries of the log has “${wanted}” in it.`,
		heading: (wanted: string) => `Entries of the log with “${wanted}”:`,
	},
};

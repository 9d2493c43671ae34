# shellcheck shell=bash
# Brings the model and loads it: only then it shows on what it runs.

prepare_model() {
	local outcome
	if runs_models_here; then
		quietly stack_failed compose up --detach ollama
		quietly model_not_pulled compose run --rm ollama-pull
	fi
	outcome=$(compose run --rm --no-deps -T app scripts/setup/load-model.mjs "$(model_server)" "${settings[OLLAMA_MODEL]:-gemma4:e4b}" "${settings[OLLAMA_CONTEXT_TOKENS]:-8192}")
	judge_model "$outcome"
}

say model "${settings[OLLAMA_MODEL]:-gemma4:e4b}" "$(model_server)"
prepare_model

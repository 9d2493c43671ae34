# shellcheck shell=bash
# Brings the model and loads it: only then it shows on what it runs.

prepare_model() {
	local outcome
	outcome=$("$node" "$release/scripts/setup/load-model.mjs" "$(model_host)" "${settings[OLLAMA_MODEL]:-gemma4:e4b}" "${settings[OLLAMA_CONTEXT_TOKENS]:-8192}")
	judge_model "$outcome"
}

say model "${settings[OLLAMA_MODEL]:-gemma4:e4b}" "$(model_host)"
prepare_model

// The bundle of agentscript asks for a canvas while it loads, which Node does not have and the model
// never draws on.
globalThis.OffscreenCanvas ??= class {
    getContext() {
        return null
    }
}

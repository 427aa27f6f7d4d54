import type { EngineStatus } from '#shared/ipc/shell.ts';

/** Whether the engine answers, as a rune: read `current` in a template or a `$derived`. */
export class EngineState {
  current: EngineStatus = $state.raw({
    state: 'starting',
    restarts: 0,
    code: null,
    detail: null,
  });
}

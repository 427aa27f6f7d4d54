import type { EngineStatus } from '#shared/ipc/shell.ts';
import * as v from 'valibot';

/** Whether the engine answers, as a rune: read `current` in a template or a `$derived`. */
export class EngineState {
  current: v.InferOutput<typeof EngineStatus> = $state.raw({
    state: 'starting',
    restarts: 0,
    code: null,
    detail: null,
  });
}

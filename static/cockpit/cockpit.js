// The component of the pages' first screens: that of 总览, that of a pillar where the server sends its rows, and that of a
// place where it sends counties.
import { PillarHead } from "./pillar.js";
import { PlaceHead } from "./place.js";
import { Screen, element } from "./screen.js";

export default function cockpit({ data, parentElement, setStateValue, setTriggerValue }) {
  const mount = parentElement.querySelector?.(".cockpit") ?? parentElement.appendChild(element("div", "cockpit"));
  const screen = (mount.screen ??= new (data.rows ? PillarHead : data.counties ? PlaceHead : Screen)(mount));
  screen.tellServer = (choice) => setStateValue("choice", choice);
  screen.askPart = (part) => setTriggerValue("part", part);
  screen.ask = setTriggerValue;
  screen.show(data);
  return () => {
    if (!mount.isConnected) screen.leave();
  };
}

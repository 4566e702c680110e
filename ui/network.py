"""Whether the system says that there is a network. It is only asked; nothing is sent to find out."""

import logging

from PySide6.QtCore import QObject, Signal

log = logging.getLogger(__name__)


class Network(QObject):
    """`came` when the internet can be reached that could not be before."""

    came = Signal()

    def is_there(self) -> bool:
        """Whether the internet can be reached."""
        raise NotImplementedError


class SystemNetwork(Network):
    """Follows what the system knows about itself; where it knows nothing there never is a network."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        # Here, because only who has a mail waiting needs to know: it takes 20 ms.
        from PySide6.QtNetwork import QNetworkInformation

        self._online = QNetworkInformation.Reachability.Online
        QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability)
        self._known = QNetworkInformation.instance()
        if self._known is None:
            log.info("the system does not say whether there is a network")
            return
        self._known.reachabilityChanged.connect(self._follow)

    def is_there(self) -> bool:
        return self._known is not None and self._known.reachability() == self._online

    def _follow(self) -> None:
        if self.is_there():
            self.came.emit()
